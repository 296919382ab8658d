// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import tools.jackson.databind.JsonNode;

/**
 * Shapes of the operations, as Amazon's description of the service has them: the SDK's classes are
 * generated from it and name each member, its type and whether it is required.
 */
final class PublishedModel {

  static final SdkPojo MESSAGE = Message.builder().build();

  private static final Map<String, SdkPojo> REQUESTS =
      Map.of(
          "ReceiveMessage", ReceiveMessageRequest.builder().build(),
          "DeleteMessage", DeleteMessageRequest.builder().build(),
          "ChangeMessageVisibility", ChangeMessageVisibilityRequest.builder().build(),
          "GetQueueAttributes", GetQueueAttributesRequest.builder().build());

  private static final Map<String, SdkPojo> RESPONSES =
      Map.of(
          "ReceiveMessage", ReceiveMessageResponse.builder().build(),
          "DeleteMessage", DeleteMessageResponse.builder().build(),
          "ChangeMessageVisibility", ChangeMessageVisibilityResponse.builder().build(),
          "GetQueueAttributes", GetQueueAttributesResponse.builder().build());

  private PublishedModel() {}

  static List<String> requestProblems(String operation, JsonNode body) {
    SdkPojo shape = REQUESTS.get(operation);
    return shape == null ? List.of("no operation " + operation) : problems(shape, body);
  }

  static List<String> responseProblems(String operation, JsonNode body) {
    List<String> problems =
        new ArrayList<>(
            problems(Objects.requireNonNull(RESPONSES.get(operation), operation), body));
    body.path("Messages").forEach(message -> problems.addAll(problems(MESSAGE, message)));
    return problems;
  }

  private static List<String> problems(SdkPojo shape, JsonNode body) {
    List<String> problems = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (SdkField<?> field : shape.sdkFields()) {
      known.add(field.locationName());
      JsonNode value = body.path(field.locationName());
      boolean required = field.getOptionalTrait(RequiredTrait.class).isPresent();
      if (value.isMissingNode() ? required : !fits(field.marshallingType(), value)) {
        problems.add("%s is %s".formatted(field.locationName(), value));
      }
    }
    body.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add("there is no member " + name));
    return problems;
  }

  private static boolean fits(MarshallingType<?> type, JsonNode value) {
    if (type == MarshallingType.INTEGER) {
      return value.isIntegralNumber();
    }
    if (type == MarshallingType.LIST) {
      return value.isArray();
    }
    if (type == MarshallingType.MAP || type == MarshallingType.SDK_POJO) {
      return value.isObject();
    }
    return type != MarshallingType.STRING || value.isString();
  }
}
