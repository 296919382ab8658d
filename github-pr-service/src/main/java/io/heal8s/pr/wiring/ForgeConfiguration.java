// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.changerequest.Manifests;
import io.heal8s.pr.changerequest.PrDecider;
import io.heal8s.pr.changerequest.PrTimes;
import io.heal8s.pr.changerequest.Wishes;
import io.heal8s.pr.forge.CredentialsDirectory;
import io.heal8s.pr.forge.Forge;
import io.heal8s.pr.forge.ForgeMetrics;
import io.heal8s.pr.forge.Forges;
import io.heal8s.pr.forge.git.GitForge;
import io.heal8s.pr.forge.git.GitSettings;
import io.heal8s.pr.forge.github.GithubForge;
import io.heal8s.pr.forge.github.GithubSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The forges and the decision over what they say. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrSettings.class)
class ForgeConfiguration {

  @Bean
  CredentialsDirectory credentials(PrSettings settings) {
    PrSettings.Github github = settings.github();
    return new CredentialsDirectory(settings.credentialsDirectory())
        .withDefault("appId", github.appId())
        .withDefault("installationId", github.installationId())
        .withDefault("privateKey", github.privateKeyFile());
  }

  @Bean
  Forge git(PrSettings settings, CredentialsDirectory credentials, Clock clock) {
    PrSettings.Git git = settings.git();
    GitSettings how =
        new GitSettings(
            settings.cacheDirectory().resolve("git"),
            settings.pollInterval(),
            git.timeout(),
            git.authorName(),
            git.authorEmail(),
            git.schemes(),
            (int) git.longestFile().toBytes());
    return new GitForge(how, credentials, clock, System::nanoTime);
  }

  @Bean
  Forge github(
      PrSettings settings, CredentialsDirectory credentials, Clock clock, MeterRegistry meters) {
    PrSettings.Github github = settings.github();
    try {
      GithubSettings how =
          new GithubSettings(
              github.apiUrl(),
              github.allowedCidrs(),
              github.timeout(),
              (int) settings.git().longestFile().toBytes());
      return new GithubForge(how, credentials, clock, new ForgeMetrics(meters, "github"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("heal8s.pr.github.api-url: " + e.getMessage(), e);
    }
  }

  @Bean
  Forges forges(ObjectProvider<Forge> forges) {
    return new Forges(forges.stream().toList());
  }

  @Bean
  Manifests manifests() {
    return new Manifests();
  }

  @Bean
  PrDecider decider(Manifests manifests, PrSettings settings) {
    Duration git = settings.git().timeout();
    Duration github = settings.github().timeout();
    PrTimes times =
        new PrTimes(
            settings.pollInterval(),
            settings.stalledInterval(),
            git.compareTo(github) > 0 ? git : github);
    return new PrDecider(manifests, times);
  }

  @Bean
  ForgeQuestions questions(Manifests manifests, Forges forges, PrSettings settings) {
    return new ForgeQuestions(new Wishes(manifests), forges, settings.pollInterval());
  }
}
