// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.RecordComponent;

/** How a component of a record is called on the wire. */
final class WireName {
  private WireName() {}

  static String of(RecordComponent component) {
    try {
      // Gson's annotation lands on the field of the component.
      SerializedName name =
          component
              .getDeclaringRecord()
              .getDeclaredField(component.getName())
              .getAnnotation(SerializedName.class);
      return name == null ? component.getName() : name.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
