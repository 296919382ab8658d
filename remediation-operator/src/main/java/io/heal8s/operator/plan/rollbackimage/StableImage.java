// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.operator.target.LiveObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the annotation {@code heal8s.io/last-stable-image} of a workload says.
 *
 * @param container container that the image is of
 * @param image the image
 */
record StableImage(String container, String image) {

  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,511}");

  /**
   * Reads the annotation.
   *
   * @param crashing containers that may go back; of several, only the one whose image comes from
   *     the same repository is meant
   * @param current image by container name
   */
  static Optional<StableImage> of(
      LiveObject workload, Collection<String> crashing, Map<String, String> current) {
    String image = workload.text("metadata.annotations[\"" + Annotations.LAST_STABLE_IMAGE + "\"]");
    if (!IMAGE.matcher(image).matches()) {
      return Optional.empty();
    }
    List<String> meant =
        crashing.stream()
            .filter(name -> repository(current.getOrDefault(name, "")).equals(repository(image)))
            .toList();
    if (meant.isEmpty() && crashing.size() == 1) {
      meant = List.copyOf(crashing);
    }
    return meant.size() == 1
        ? Optional.of(new StableImage(meant.getFirst(), image))
        : Optional.empty();
  }

  /** The image without tag and digest. */
  private static String repository(String image) {
    int digest = image.indexOf('@');
    String tagged = digest < 0 ? image : image.substring(0, digest);
    int colon = tagged.lastIndexOf(':');
    // A colon before the last slash is the port of a registry.
    return colon > tagged.lastIndexOf('/') ? tagged.substring(0, colon) : tagged;
  }
}
