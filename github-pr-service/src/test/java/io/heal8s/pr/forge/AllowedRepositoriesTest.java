// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedRepositoriesTest {

  private static final String LISTED =
      """
      # the team's
      https://git.example.org/team-a/*

      https://git.example.org/shared/deploy.git
      acme/*
      /*
      *
      """;

  @ParameterizedTest
  @CsvSource({
    "https://git.example.org/team-a/shop.git, true",
    "https://git.example.org/team-a/sub/shop.git, true",
    "https://git.example.org/shared/deploy.git, true",
    "acme/infra, true",
    "https://git.example.org/team-b/shop.git, false",
    "https://git.example.org/team-a/../team-b/shop.git, false",
    "https://git.example.org/team-a/%2e%2e/team-b/shop.git, false",
    "https://git.example.org/shared/deploy.git/more, false",
    "https://git.example.org.evil.example/team-a/shop.git, false",
    "https://evil.example/x.git, false",
    "http://git.example.org/team-a/shop.git, false",
    "other/infra, false",
    "/srv/git/shop.git, false",
  })
  void onlyWhatIsListedOrBelowWhatIsListed(String repository, boolean allowed) {
    assertThat(AllowedRepositories.of(LISTED).allow(repository)).isEqualTo(allowed);
  }
}
