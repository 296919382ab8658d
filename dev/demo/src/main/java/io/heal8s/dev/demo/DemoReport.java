// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo measured; the last line under {@code --json}.
 *
 * @param phase phase that the Remediation ended in
 * @param branch branch of the pull request, null in direct mode
 * @param prUrl its address, null in direct mode
 * @param changedLines lines that the pull request changes, null in direct mode
 * @param alertToRemediationMs from the webhook received to the Remediation visible
 * @param remediationToPullRequestMs from there to the pull request open, null in direct mode
 * @param mergeToSucceededMs from the merge (direct mode: the approval) to Succeeded
 */
record DemoReport(
    String phase,
    @Nullable String branch,
    @Nullable String prUrl,
    @Nullable Integer changedLines,
    long alertToRemediationMs,
    @Nullable Long remediationToPullRequestMs,
    long mergeToSucceededMs) {

  String json() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("phase", phase);
    fields.put("branch", branch);
    fields.put("prUrl", prUrl);
    fields.put("changedLines", changedLines);
    fields.put("alertToRemediationMs", alertToRemediationMs);
    fields.put("remediationToPullRequestMs", remediationToPullRequestMs);
    fields.put("mergeToSucceededMs", mergeToSucceededMs);
    return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(fields);
  }
}
