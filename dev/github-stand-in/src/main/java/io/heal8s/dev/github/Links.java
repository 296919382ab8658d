// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

/**
 * Addresses of what is here.
 *
 * @param web root of pages for people
 * @param root the API's root below it, empty for none
 */
record Links(String web, String root) {

  /** Where addresses lead that nobody should follow. */
  String nowhere() {
    return web + "/unset";
  }

  String api(HostedRepository repository, String rest) {
    return web + root + "/repos/" + repository.fullName() + rest;
  }

  String page(HostedRepository repository, String rest) {
    return web + "/" + repository.fullName() + rest;
  }
}
