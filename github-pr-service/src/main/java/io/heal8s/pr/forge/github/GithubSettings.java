// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.http.address.Cidr;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How GitHub is used.
 *
 * @param api root of the REST API where credentials name no other: {@code https://api.github.com},
 *     or {@code https://HOST/api/v3} of an Enterprise Server
 * @param allowedCidrs blocks of addresses that may be called although they are not public, for an
 *     Enterprise Server in one's own network; http is spoken only with addresses on this list
 * @param timeout for a whole request
 * @param longestFile largest manifest that is read, in bytes
 */
public record GithubSettings(URI api, List<Cidr> allowedCidrs, Duration timeout, int longestFile) {

  /** The API of github.com. */
  public static final String COM = "https://api.github.com";

  public GithubSettings {
    allowedCidrs = List.copyOf(allowedCidrs);
    if (problem(api) != null) {
      throw new IllegalArgumentException(problem(api));
    }
  }

  /** What is wrong with an address of an API; null when nothing is. */
  static @Nullable String problem(URI api) {
    String scheme = api.getScheme() == null ? "" : api.getScheme().toLowerCase(Locale.ROOT);
    boolean whole =
        (scheme.equals("https") || scheme.equals("http"))
            && api.getHost() != null
            && api.getRawUserInfo() == null
            && api.getRawQuery() == null
            && api.getRawFragment() == null;
    return whole
        ? null
        : "the address of GitHub's API must look like "
            + COM
            + " or https://HOST/api/v3, without user, password and query";
  }
}
