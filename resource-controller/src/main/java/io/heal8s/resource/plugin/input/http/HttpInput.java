// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.http;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginInfo;

/** The REST interface among the input plugins; the service itself serves it. */
public final class HttpInput implements InputPlugin {

  /** Name of the REST interface. */
  public static final String NAME = "http";

  /** Made by the ServiceLoader. */
  public HttpInput() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo(NAME, "1.0.0", API_VERSION);
  }

  @Override
  public void start(InputSink sink) {}

  @Override
  public void close() {}
}
