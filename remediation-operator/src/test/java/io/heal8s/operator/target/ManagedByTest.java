// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.operator.fakecluster.YamlText;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManagedByTest {

  record Example(String metadata, @Nullable String manager, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example("{}", null, "nobody"),
        new Example(
            "{annotations: {argocd.argoproj.io/tracking-id: 'shop:apps/Deployment:shop/api'}}",
            "Argo CD (application shop)",
            "Argo CD tracks by annotation"),
        new Example(
            "{labels: {argocd.argoproj.io/instance: shop}}",
            "Argo CD (application shop)",
            "Argo CD tracks by its own label"),
        new Example(
            "{labels: {app.kubernetes.io/instance: shop}}",
            null,
            "the common label alone says nothing of Argo CD"),
        new Example(
            "{labels: {app.kubernetes.io/instance: shop},"
                + " annotations: {argocd.argoproj.io/sync-wave: '1'}}",
            "Argo CD (application shop)",
            "the common label beside a mark of Argo CD"),
        new Example(
            "{labels: {app.kubernetes.io/instance: shop},"
                + " managedFields: [{manager: argocd-controller, operation: Apply}]}",
            "Argo CD (application shop)",
            "the common label on what Argo CD wrote"),
        new Example(
            "{labels: {kustomize.toolkit.fluxcd.io/name: apps,"
                + " kustomize.toolkit.fluxcd.io/namespace: flux-system}}",
            "Flux (Kustomization flux-system/apps)",
            "a Kustomization of Flux"),
        new Example(
            "{labels: {helm.toolkit.fluxcd.io/name: api, helm.toolkit.fluxcd.io/namespace: shop,"
                + " app.kubernetes.io/managed-by: Helm}}",
            "Flux (HelmRelease shop/api)",
            "a HelmRelease of Flux comes before Helm itself"),
        new Example(
            "{annotations: {meta.helm.sh/release-name: api}}",
            "Helm (release api)",
            "a release of Helm"),
        new Example(
            "{labels: {app.kubernetes.io/managed-by: Helm}}", "Helm", "Helm by its label alone"),
        new Example(
            "{labels: {app.kubernetes.io/managed-by: kubectl}}", null, "another tool's label"),
        new Example(
            "{ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: api,"
                + " uid: u, controller: true}]}",
            "Rollout api (argoproj.io/v1alpha1)",
            "an owner outside apps and batch"),
        new Example(
            "{ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: api,"
                + " uid: u}]}",
            null,
            "an owner that does not control"),
        new Example(
            "{ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: u,"
                + " controller: true}]}",
            null,
            "Kubernetes' own controllers undo nothing of their owners"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isNamed(Example example) {
    LiveObject object =
        YamlText.object(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: " + example.metadata() + "\n");
    assertThat(ManagedBy.of(object)).isEqualTo(Optional.ofNullable(example.manager()));
  }
}
