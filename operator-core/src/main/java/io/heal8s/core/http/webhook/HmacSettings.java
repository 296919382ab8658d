// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link AuthMode#HMAC}.
 *
 * @param style whose way of signing it is; default {@link Style#GRAFANA}
 * @param keyFiles mounted files with one key of at least 16 characters in each line; all are valid
 *     at once
 * @param signatureHeader header that carries the signature; default is the style's
 * @param timestampHeader header that carries the time of signing in seconds since 1970; default is
 *     the style's, null if the sender signs none
 * @param window how old, or how far in the future, the time of signing may be; default 5 minutes
 */
public record HmacSettings(
    Style style,
    List<Path> keyFiles,
    String signatureHeader,
    @Nullable String timestampHeader,
    Duration window) {

  /** Fills in the defaults. */
  public HmacSettings(
      @Nullable Style style,
      @Nullable List<Path> keyFiles,
      @Nullable String signatureHeader,
      @Nullable String timestampHeader,
      @Nullable Duration window) {
    this.style = style == null ? Style.GRAFANA : style;
    this.keyFiles = keyFiles == null ? List.of() : List.copyOf(keyFiles);
    this.signatureHeader = Objects.requireNonNullElse(signatureHeader, this.style.signatureHeader);
    this.timestampHeader = timestampHeader == null ? this.style.timestampHeader : timestampHeader;
    this.window = window == null ? Duration.ofMinutes(5) : window;
    if (this.window.isNegative() || this.window.isZero()) {
      throw new IllegalArgumentException("hmac.window must be positive, not " + this.window);
    }
  }

  /**
   * The usual settings of a style.
   *
   * @param style whose way of signing it is
   * @param keyFiles files with keys
   * @return the settings
   */
  public static HmacSettings of(Style style, List<Path> keyFiles) {
    return new HmacSettings(style, keyFiles, null, null, null);
  }

  /** Whose way of signing it is. */
  public enum Style {
    /**
     * Bare hex over {@code <timestamp>:<body>}. Grafana sends the timestamp only if its contact
     * point names a header for it; it is demanded here, because without it a request can be
     * replayed for ever.
     */
    GRAFANA("X-Grafana-Alerting-Signature", "X-Grafana-Alerting-Timestamp", ""),
    /** {@code sha256=} and hex over the body; GitHub signs no timestamp. */
    GITHUB("X-Hub-Signature-256", null, "sha256=");

    private final String signatureHeader;
    private final @Nullable String timestampHeader;
    private final String prefix;

    Style(String signatureHeader, @Nullable String timestampHeader, String prefix) {
      this.signatureHeader = signatureHeader;
      this.timestampHeader = timestampHeader;
      this.prefix = prefix;
    }

    String prefix() {
      return prefix;
    }
  }
}
