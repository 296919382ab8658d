// SPDX-License-Identifier: Apache-2.0
/**
 * Webhooks of GitHub. A delivery is only a hint that something happened to a pull request: the
 * Remediation that it belongs to is looked at again, and what the forge then says counts, not what
 * was delivered. So a delivery that is lost costs a poll interval, and one that is replayed costs a
 * question.
 */
@NullMarked
package io.heal8s.pr.webhook;

import org.jspecify.annotations.NullMarked;
