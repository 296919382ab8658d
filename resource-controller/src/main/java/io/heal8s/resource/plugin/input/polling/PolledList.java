// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.polling;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.resource.plugin.input.document.InputSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which list, and how often it is asked for.
 *
 * @param url its address
 * @param interval between two questions
 * @param resync after which what is stored is compared again though the answer is the same
 * @param timeout longest time of one
 * @param prune whether what is no longer in the list is deleted
 * @param settings for what is read anew each time
 */
record PolledList(
    URI url,
    Duration interval,
    Duration resync,
    Duration timeout,
    boolean prune,
    InputSettings settings) {

  static final String NAME = "http_polling";
  private static final int LARGEST = 16 << 20;
  private static final Set<String> KNOWN =
      Set.of("url", "interval", "resync", "timeout", "prune", "tokenFile");

  /**
   * Reads the settings.
   *
   * @return empty when no address is set
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static Optional<PolledList> read(Map<String, String> given) {
    InputSettings settings = new InputSettings(NAME, given, KNOWN);
    Optional<String> url = settings.text("url");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PolledList(
            settings.address(
                "url",
                url.get(),
                Set.of("http", "https"),
                "an http or https address without a password"),
            settings.seconds("interval", Duration.ofMinutes(1)),
            settings.seconds("resync", Duration.ofMinutes(10)),
            settings.seconds("timeout", Duration.ofSeconds(30)),
            settings.flag("prune", false),
            settings));
  }

  /** The address is the operator's, who may well mean a server of their own network. */
  OutboundSettings outbound() {
    int usual = url.getScheme().equals("http") ? 80 : 443;
    return new OutboundSettings(
        Set.of(url.getScheme()),
        Set.of(url.getPort() > 0 ? url.getPort() : usual),
        List.of(Cidr.valueOf("0.0.0.0/0"), Cidr.valueOf("::/0")),
        null,
        timeout,
        LARGEST,
        1);
  }

  /** The source as it is kept with every resource; a query may hold a key. */
  String source() {
    return url.toString().replaceFirst("\\?.*", "");
  }
}
