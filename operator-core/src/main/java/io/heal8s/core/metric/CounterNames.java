// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.metric;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the names of counters that end in a suffix which OpenMetrics gives to the samples of other
 * types, e.g. {@code heal8s_remediations_created_total}. The Prometheus client cuts such a suffix
 * off, and would serve {@code heal8s_remediations_total}, which no dashboard knows. So inside the
 * registry the name carries a colon, which no meter of ours has, and a page leaves without it.
 */
public final class CounterNames implements NamingConvention {

  private static final String MARK = ":";
  private static final Pattern RESERVED = Pattern.compile(".*[._](created|info|bucket)");

  /** Only where a line begins: what a label says is not touched. */
  private static final Pattern MARKED =
      Pattern.compile(
          "^((?:# [A-Z]+ )?[a-zA-Z_][a-zA-Z0-9_]*_(?:created|info|bucket)):(?=_total|[ {])",
          Pattern.MULTILINE);

  private final NamingConvention prometheus;

  /**
   * @param prometheus the convention of the registry, for everything else
   */
  public CounterNames(NamingConvention prometheus) {
    this.prometheus = prometheus;
  }

  @Override
  public String name(String name, Meter.Type type, @Nullable String baseUnit) {
    boolean cutOff = type == Meter.Type.COUNTER && RESERVED.matcher(name).matches();
    return prometheus.name(cutOff ? name + MARK : name, type, baseUnit);
  }

  @Override
  public String tagKey(String key) {
    return prometheus.tagKey(key);
  }

  @Override
  public String tagValue(String value) {
    return prometheus.tagValue(value);
  }

  /**
   * The page as it leaves the process.
   *
   * @param page in the text format of Prometheus or OpenMetrics
   */
  public static String unmarked(String page) {
    return MARKED.matcher(page).replaceAll("$1");
  }

  /**
   * The name inside the registry, without {@code _total}.
   *
   * @param name a metric as a page names it
   */
  public static String inRegistry(String name) {
    String family = name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
    return RESERVED.matcher(family).matches() ? family + MARK : family;
  }
}
