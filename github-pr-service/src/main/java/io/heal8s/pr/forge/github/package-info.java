// SPDX-License-Identifier: Apache-2.0
/**
 * Pull requests on github.com and on Enterprise Servers, with a GitHub App or a token. All requests
 * go through one guarded connector that keeps entity tags and knows every limit, so that polling
 * costs nothing while nothing happens and no failure is tried again at once. A branch appears by
 * one mutation together with its pull request and never without its whole commit, so that whatever
 * a broken connection leaves behind is found by branch and marker.
 */
@NullMarked
package io.heal8s.pr.forge.github;

import org.jspecify.annotations.NullMarked;
