// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pull request as a person sees it.
 *
 * @param state open, closed or merged
 * @param head branch
 * @param headSha commit at its head
 * @param reviewers logins whose review was asked for
 * @param teams slugs of teams whose review was asked for
 * @param comments texts in order
 * @param autoMerge method by which it will merge itself, null for not at all
 */
public record PullView(
    int number,
    String state,
    String title,
    String body,
    String head,
    String headSha,
    List<String> labels,
    List<String> reviewers,
    List<String> teams,
    List<String> comments,
    @Nullable String autoMerge) {}
