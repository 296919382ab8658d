// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the demo of the monitor measured; the last line under {@code --json}.
 *
 * @param phase phase that the Remediation ended in
 * @param app app that turned unhealthy
 * @param podBefore its pod then
 * @param podAfter its pod at the end
 * @param unhealthyToRemediationMs from the app's first bad answer to the Remediation visible
 * @param remediationToRestartMs from there to another pod ready
 * @param restartToSeenHealthyMs from there to the monitor having seen the app healthy
 */
record GraphqlReport(
    String phase,
    String app,
    String podBefore,
    String podAfter,
    long unhealthyToRemediationMs,
    long remediationToRestartMs,
    long restartToSeenHealthyMs) {

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("phase", phase);
    fields.put("app", app);
    fields.put("podBefore", podBefore);
    fields.put("podAfter", podAfter);
    fields.put("unhealthyToRemediationMs", unhealthyToRemediationMs);
    fields.put("remediationToRestartMs", remediationToRestartMs);
    fields.put("restartToSeenHealthyMs", restartToSeenHealthyMs);
    return new GsonBuilder().disableHtmlEscaping().create().toJson(fields);
  }
}
