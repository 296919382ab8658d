// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The manifests for a namespace. The account gets only what the actions that were found need; the
 * operator gets the right to be that one account.
 */
final class KcoManifests {

  private static final Map<String, String> ACTION_TYPES =
      new TreeMap<>(
          Map.of(
              "exec_command", "ExecCommand",
              "patch_resource", "PatchResource",
              "restart_pod", "RestartPods",
              "scale_deployment", "ScaleTo",
              "webhook", "CallWebhook"));

  private static final Set<String> CORE = Set.of("pods", "services", "configmaps", "secrets");
  private static final Set<String> APPS =
      Set.of("deployments", "replicasets", "daemonsets", "statefulsets");

  private final String namespace;
  private final OperatorAccount operator;
  private final String account;

  /** The account that remediation-operator runs as. */
  record OperatorAccount(String namespace, String name) {}

  KcoManifests(String namespace, OperatorAccount operator, String account) {
    this.namespace = namespace;
    this.operator = operator;
    this.account = account;
  }

  /** All of them, one YAML stream. */
  String of(TargetApps apps) {
    StringBuilder out = new StringBuilder();
    out.append("# For the TargetApps of namespace ").append(namespace).append(": ");
    out.append(
        apps.names().stream().map(KcoManifests::inComment).collect(Collectors.joining(", ")));
    out.append('\n');
    apps.actions().stream()
        .filter(action -> !ACTION_TYPES.containsKey(action))
        .forEach(action -> out.append("# Unknown action: ").append(quoted(action)).append('\n'));
    boolean freeForm =
        apps.actions().contains("exec_command") || apps.actions().contains("patch_resource");
    if (freeForm) {
      accountOf(apps, out);
    }
    if (ACTION_TYPES.keySet().stream().anyMatch(apps.actions()::contains)) {
      policy(apps, freeForm, out);
    } else {
      out.append("# They have no action, so nothing must be added.\n");
    }
    return out.toString();
  }

  /** A name as the API takes it stands by itself; anything else must not end the comment. */
  static String inComment(String name) {
    return name.matches("[a-z0-9][-a-z0-9.]*") ? name : quoted(name);
  }

  private void accountOf(TargetApps apps, StringBuilder out) {
    out.append("# Commands and patches run as this account and can do what it can do.\n");
    object(out, "v1", "ServiceAccount", account);
    out.append("---\n");
    object(out, "rbac.authorization.k8s.io/v1", "Role", account);
    boolean any =
        apps.actions().contains("exec_command")
            || apps.patched().keySet().stream().anyMatch(KcoManifests::isSupported);
    out.append(any ? "rules:\n" : "rules: []\n");
    if (apps.actions().contains("exec_command")) {
      rule(out, "", "pods/exec", List.of(), "get, create");
    }
    apps.patched().forEach((resource, names) -> patchRule(out, resource, names));
    out.append("---\n");
    object(out, "rbac.authorization.k8s.io/v1", "RoleBinding", account);
    binding(out, account, account, namespace);
    out.append("---\n# heal8s may be this one account, and no other.\n");
    String impersonate = account + "-impersonate";
    object(out, "rbac.authorization.k8s.io/v1", "Role", impersonate);
    out.append("rules:\n");
    rule(out, "", "serviceaccounts", List.of(account), "impersonate");
    out.append("---\n");
    object(out, "rbac.authorization.k8s.io/v1", "RoleBinding", impersonate);
    binding(out, impersonate, operator.name(), operator.namespace());
    out.append("---\n");
  }

  private static void patchRule(StringBuilder out, String resource, TreeSet<String> names) {
    if (isSupported(resource)) {
      String group = APPS.contains(resource) ? "apps" : "";
      rule(out, group, resource, List.copyOf(names), "get, patch");
    } else {
      out.append("  # Unsupported resource type: ").append(quoted(resource)).append('\n');
    }
  }

  private static boolean isSupported(String resource) {
    return CORE.contains(resource) || APPS.contains(resource);
  }

  private void policy(TargetApps apps, boolean freeForm, StringBuilder out) {
    out.append("# What these TargetApps may do without being asked, as they could before.\n")
        .append(
            "# The policy in heal8s' own namespace, if there is one, must list TargetApp too.\n");
    object(out, "heal8s.io/v1alpha1", "RemediationPolicy", "default");
    out.append("spec:\n  allow:\n    unapproved:\n      - detector: TargetApp\n");
    String types =
        ACTION_TYPES.entrySet().stream()
            .filter(type -> apps.actions().contains(type.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining(", "));
    out.append("        actions: [").append(types).append("]\n");
    if (freeForm) {
      out.append("  serviceAccountName: ").append(quoted(account)).append('\n');
    }
    if (apps.actions().contains("scale_deployment") || apps.actions().contains("patch_resource")) {
      out.append(
          """
            # What Helm, Argo CD or Flux manages is not scaled or patched (ManagedElsewhere), as they undo it. To do so all the same, as before:
            # directOnManaged: true
          """);
    }
  }

  private void object(StringBuilder out, String apiVersion, String kind, String name) {
    out.append("apiVersion: ").append(apiVersion).append("\nkind: ").append(kind);
    out.append("\nmetadata:\n  name: ").append(quoted(name));
    out.append("\n  namespace: ").append(quoted(namespace)).append('\n');
  }

  private static void rule(
      StringBuilder out, String group, String resource, List<String> names, String verbs) {
    out.append("  - apiGroups: [").append(quoted(group)).append("]\n    resources: [");
    out.append(quoted(resource)).append("]\n");
    if (!names.isEmpty()) {
      String list = names.stream().map(KcoManifests::quoted).collect(Collectors.joining(", "));
      out.append("    resourceNames: [").append(list).append("]\n");
    }
    out.append("    verbs: [").append(verbs).append("]\n");
  }

  private static void binding(StringBuilder out, String role, String subject, String in) {
    out.append("roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ");
    out.append(quoted(role)).append("\nsubjects:\n  - kind: ServiceAccount\n    name: ");
    out.append(quoted(subject)).append("\n    namespace: ").append(quoted(in)).append('\n');
  }

  // Names come from objects of others: JSON's quoting is YAML's, and nothing gets out of it.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029) {
        quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
