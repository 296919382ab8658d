// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.resource.plugin.ActionRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a resource applied: a ConfigMap that is the parent of an apply set as in KEP-3659, so that
 * {@code kubectl get -l applyset.kubernetes.io/part-of=…} shows it, with the list of its members in
 * its data, so that no right to list is needed.
 *
 * @param parent the ConfigMap
 * @param members what may be there
 */
record ApplySet(Member parent, List<Member> members) {

  static final String PART_OF = "applyset.kubernetes.io/part-of";
  private static final String ID = "applyset.kubernetes.io/id";
  private static final String TOOLING = "applyset.kubernetes.io/tooling";
  private static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";
  private static final String OWNER = "heal8s.io/resource";
  private static final String TOOL = "heal8s/v1";
  private static final String MEMBERS = "members";

  ApplySet {
    members = List.copyOf(members);
  }

  /** The parent's place; it follows from the resource, so that any process finds it. */
  static Member parentOf(ActionRequest request, String namespace) {
    return new Member("v1", "ConfigMap", namespace, "heal8s-" + request.resourceName());
  }

  /** Which resource it is of, for people and against mistakes. */
  static String owner(ActionRequest request) {
    return request.typeName() + "/" + request.typeVersion() + " " + request.resourceName();
  }

  /** A name is there once over all versions, and a resource can be stored in another version. */
  private static boolean isOf(ActionRequest request, String owner) {
    return owner.startsWith(request.typeName() + "/")
        && owner.endsWith(" " + request.resourceName());
  }

  /**
   * Reads what the server has.
   *
   * @throws IllegalArgumentException when it belongs to somebody else
   */
  static ApplySet read(Member parent, JsonNode configMap, ActionRequest request) {
    String found = configMap.path("metadata").path("annotations").path(OWNER).asString("");
    if (!isOf(request, found)) {
      throw new IllegalArgumentException(
          "%s is there and belongs to %s: choose another namespace, or remove it"
              .formatted(parent, found.isEmpty() ? "nobody of ours" : found));
    }
    List<Member> members = new ArrayList<>();
    JsonMapper.shared()
        .readTree(configMap.path("data").path(MEMBERS).asString("[]"))
        .forEach(each -> members.add(Member.of(each)));
    return new ApplySet(parent, members);
  }

  /** The label value that all members carry. */
  String id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (parent.name() + "." + parent.namespace() + ".ConfigMap.")
                      .getBytes(StandardCharsets.UTF_8));
      return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "-v1";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether an object carries the label. */
  boolean holds(JsonNode object) {
    return object.path("metadata").path("labels").path(PART_OF).asString("").equals(id());
  }

  /** The same set with these members beside its own. */
  ApplySet with(List<Member> more) {
    List<Member> all = new ArrayList<>(members);
    more.stream().filter(member -> all.stream().noneMatch(member::isSameAs)).forEach(all::add);
    return new ApplySet(parent, all);
  }

  /** Its members that are none of these. */
  List<Member> beside(List<Member> wanted) {
    return members.stream().filter(member -> wanted.stream().noneMatch(member::isSameAs)).toList();
  }

  /** The ConfigMap. */
  JsonNode content(ActionRequest request) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = content.putObject("metadata");
    metadata.putObject("labels").put(ID, id());
    TreeSet<String> kinds = new TreeSet<>();
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Member member : members) {
      kinds.add(member.kind() + (member.group().isEmpty() ? "" : "." + member.group()));
      list.add(member.json());
    }
    metadata
        .putObject("annotations")
        .put(TOOLING, TOOL)
        .put(GROUP_KINDS, String.join(",", kinds))
        .put(OWNER, owner(request));
    content.putObject("data").put(MEMBERS, list.toString());
    return content;
  }

  /** A member's manifest with the label that marks it. */
  JsonNode marked(JsonNode manifest) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    manifest.properties().forEach(field -> content.set(field.getKey(), field.getValue()));
    ObjectNode metadata = content.putObject("metadata");
    manifest
        .path("metadata")
        .properties()
        .forEach(field -> metadata.set(field.getKey(), field.getValue()));
    ObjectNode labels = metadata.putObject("labels");
    manifest
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(field -> labels.set(field.getKey(), field.getValue()));
    labels.put(PART_OF, id());
    return content;
  }
}
