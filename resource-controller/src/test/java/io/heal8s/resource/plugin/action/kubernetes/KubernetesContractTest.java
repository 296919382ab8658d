// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.ActionPluginContract;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.Samples;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.Map;

@RealCluster
class KubernetesContractTest extends ActionPluginContract {

  private final TestCluster cluster;

  KubernetesContractTest(TestCluster cluster) {
    this.cluster = cluster;
    cluster.applyText(KubernetesPluginTest.ACCOUNT.replace("NAMESPACE", cluster.namespace()));
  }

  @Override
  protected ActionPlugin plugin() {
    return new KubernetesPlugin();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of("kubeconfig", cluster.kubeconfigFor(cluster.namespace(), "applier").toString()));
  }

  @Override
  protected ActionRequest good() {
    return request(
        "[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"{{name}}\"},"
            + "\"data\":{\"size\":\"{{spec.size}} GB\"}}]");
  }

  @Override
  protected ActionRequest bad() {
    return request("[]");
  }

  private ActionRequest request(String manifests) {
    return new ActionRequest(
        7,
        "shop",
        "Shop",
        "v1",
        1,
        Samples.json("{\"size\":5}"),
        Samples.json(
            "{\"namespace\":\"%s\",\"manifests\":%s}".formatted(cluster.namespace(), manifests)),
        Samples.json("{}"),
        Samples.json("{}"),
        "7-1-1");
  }
}
