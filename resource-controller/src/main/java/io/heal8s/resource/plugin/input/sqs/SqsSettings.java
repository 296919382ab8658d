// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.sqs;

import io.heal8s.resource.plugin.input.document.InputSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Which queue, and who asks.
 *
 * @param queueUrl its address; calls go to its host
 * @param region AWS region that calls are signed for
 * @param credentialsFile a file as the AWS tools have it, read again when it changes; null for what
 *     the SDK finds by itself (environment, web identity, container, instance)
 * @param profile section of that file
 * @param visibility how long a message is out of others' sight after each extension
 * @param interval pause after a failure
 */
record SqsSettings(
    URI queueUrl,
    String region,
    @Nullable Path credentialsFile,
    String profile,
    Duration visibility,
    Duration interval) {

  static final String NAME = "sqs";
  private static final Set<String> KNOWN =
      Set.of("queueUrl", "region", "credentialsFile", "profile", "visibility", "interval");
  private static final Pattern HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\..*");
  private static final int LONGEST_VISIBILITY = 43_200;

  /** Longer than the longest answer to a question that waits. */
  private static final Duration CALL = Duration.ofSeconds(30);

  /**
   * Reads the settings.
   *
   * @return empty when no queue is named
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static Optional<SqsSettings> read(Map<String, String> given) {
    InputSettings settings = new InputSettings(NAME, given, KNOWN);
    Optional<String> url = settings.text("queueUrl");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    URI queue =
        settings.address(
            "queueUrl",
            url.get(),
            Set.of("https", "http"),
            "the https address of a queue, without user and password");
    Matcher host = HOST.matcher(queue.getHost());
    String region =
        settings
            .text("region")
            .or(() -> host.matches() ? Optional.of(host.group(1)) : Optional.empty())
            .orElseThrow(() -> settings.wrong("region", "", "an AWS region such as eu-central-1"));
    Duration visibility = settings.seconds("visibility", Duration.ofSeconds(30));
    if (visibility.toSeconds() < 1 || visibility.toSeconds() > LONGEST_VISIBILITY) {
      throw settings.wrong(
          "visibility", Long.toString(visibility.toSeconds()), "1 to 43200 seconds");
    }
    return Optional.of(
        new SqsSettings(
            queue,
            region,
            settings.text("credentialsFile").map(Path::of).orElse(null),
            settings.text("profile", "default"),
            visibility,
            settings.seconds("interval", Duration.ofSeconds(5))));
  }

  /** A client; contacts nobody yet. */
  SqsClient client() {
    return SqsClient.builder()
        .endpointOverride(URI.create(queueUrl.getScheme() + "://" + queueUrl.getAuthority()))
        .region(Region.of(region))
        .credentialsProvider(credentials())
        .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(CALL))
        .overrideConfiguration(config -> config.apiCallAttemptTimeout(CALL))
        .build();
  }

  private AwsCredentialsProvider credentials() {
    return credentialsFile == null
        ? DefaultCredentialsProvider.builder().build()
        : ProfileCredentialsProvider.builder()
            .profileFile(
                ProfileFileSupplier.reloadWhenModified(
                    credentialsFile, software.amazon.awssdk.profiles.ProfileFile.Type.CREDENTIALS))
            .profileName(profile)
            .build();
  }
}
