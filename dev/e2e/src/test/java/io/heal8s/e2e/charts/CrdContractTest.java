// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyStatus;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions are the contract; the records must say the same, field by field, both ways. */
class CrdContractTest {
  /**
   * Required by the schema, null in a record: the schema is that of the standard Condition, and a
   * reader does not need the time.
   */
  private static final Set<String> REQUIRED_THOUGH_NULLABLE = Set.of("lastTransitionTime");

  record Pair(String plural, String part, Class<?> type) {
    @Override
    public String toString() {
      return plural + "." + part;
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair("remediations", "spec", RemediationSpec.class),
        new Pair("remediations", "status", RemediationStatus.class),
        new Pair("remediationpolicies", "spec", RemediationPolicySpec.class),
        new Pair("remediationpolicies", "status", RemediationPolicyStatus.class),
        new Pair("targetapps", "spec", TargetAppSpec.class),
        new Pair("targetapps", "status", TargetAppStatus.class));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void recordsAndSchemaAgree(Pair pair) {
    CrdSchema schema = CrdSchema.of(pair.plural()).property(pair.part());
    List<String> differences = new ArrayList<>();

    compareRecord(pair.part(), schema, pair.type(), differences);

    assertThat(differences).isEmpty();
  }

  private static void compareRecord(
      String path, CrdSchema schema, Class<?> type, List<String> differences) {
    Map<String, RecordComponent> fields =
        Arrays.stream(type.getRecordComponents()).collect(Collectors.toMap(WireName::of, c -> c));
    if (!fields.keySet().equals(schema.properties().keySet())) {
      differences.add(
          path + " has " + fields.keySet() + " in the record, " + schema.properties().keySet());
      return;
    }
    fields.forEach(
        (name, component) -> {
          String here = path + "." + name;
          CrdSchema property = schema.property(name);
          compareRequired(here, name, component, schema, property, differences);
          compareType(here, property, component.getGenericType(), differences);
        });
  }

  private static void compareRequired(
      String here,
      String name,
      RecordComponent component,
      CrdSchema parent,
      CrdSchema property,
      List<String> differences) {
    boolean required = parent.required().contains(name);
    boolean nullable = isNullable(component.getAnnotatedType());
    if (!nullable && !required) {
      differences.add(here + " is never null in the record and optional in the schema");
    }
    // An enum may be null on version skew, and what has a default is never missing in a cluster.
    boolean excused =
        component.getType().isEnum()
            || property.hasDefault()
            || REQUIRED_THOUGH_NULLABLE.contains(name);
    if (nullable && required && !excused) {
      differences.add(here + " may be null in the record and is required in the schema");
    }
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static void compareType(
      String here, CrdSchema schema, Type type, List<String> differences) {
    switch (type) {
      case ParameterizedType generic when generic.getRawType() == List.class -> {
        expect(here, "array", schema.type(), differences);
        compareType(here + "[]", schema.items(), generic.getActualTypeArguments()[0], differences);
      }
      case ParameterizedType generic when generic.getRawType() == Map.class ->
          compareMap(here, schema, generic, differences);
      case Class<?> plain -> compareClass(here, schema, plain, differences);
      default -> differences.add(here + " has the type " + type + ", which no schema can say");
    }
  }

  private static void compareMap(
      String here, CrdSchema schema, ParameterizedType type, List<String> differences) {
    expect(here, "object", schema.type(), differences);
    if (type.getActualTypeArguments()[1] == String.class) {
      CrdSchema values = schema.additionalProperties();
      expect(here, "string", values == null ? "none" : values.type(), differences);
    } else if (!schema.keepsUnknownFields()) {
      differences.add(here + " is a free object in the record and pruned by the schema");
    }
  }

  private static void compareClass(
      String here, CrdSchema schema, Class<?> type, List<String> differences) {
    if (type.isRecord()) {
      expect(here, "object", schema.type(), differences);
      compareRecord(here, schema, type, differences);
    } else if (type.isEnum()) {
      Set<String> constants =
          Arrays.stream(type.getEnumConstants()).map(Objects::toString).collect(Collectors.toSet());
      expect(here, constants, Set.copyOf(schema.enumeration()), differences);
    } else if (type == String.class) {
      expect(here, "string", schema.type(), differences);
    } else if (type == Boolean.class) {
      expect(here, "boolean", schema.type(), differences);
    } else if (type == Object.class) {
      if (!schema.keepsUnknownFields() && !schema.isIntOrString()) {
        differences.add(here + " is any JSON in the record and of one type in the schema");
      }
    } else if (type == OffsetDateTime.class) {
      expect(here, "date-time", schema.format(), differences);
    } else if (type == Long.class) {
      expect(here, "int64", schema.format(), differences);
    } else if (type == Integer.class) {
      // The first release left the format of some of its numbers open.
      expect(here, "integer", schema.type(), differences);
      if (schema.format().equals("int64")) {
        differences.add(here + " does not fit into the record's Integer");
      }
    } else {
      differences.add(here + " has the type " + type + ", which is boxed nowhere");
    }
  }

  private static void expect(
      String here, Object inRecord, Object inSchema, List<String> differences) {
    if (!inRecord.equals(inSchema)) {
      differences.add(here + ": the record says " + inRecord + ", the schema " + inSchema);
    }
  }
}
