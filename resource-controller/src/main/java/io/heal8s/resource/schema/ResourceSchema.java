// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The schema of a resource type, ready to judge specs. Safe for use by many threads. */
public final class ResourceSchema {

  /** Nobody reads more, and each may show as much as the whole spec. */
  private static final int MOST_TOLD = 100;

  private final JsonNode source;
  private final @Nullable Schema compiled;
  private final @Nullable String trouble;

  private ResourceSchema(JsonNode source, @Nullable Schema compiled, @Nullable String trouble) {
    this.source = source;
    this.compiled = compiled;
    this.trouble = trouble;
  }

  /**
   * Judges a schema that somebody wants to store.
   *
   * @throws SchemaRefusedException if it is none in its dialect, has an expression that cannot be
   *     run in linear time, or points outside itself
   */
  public static void check(JsonNode schema) throws SchemaRefusedException {
    try {
      checkNested(schema);
    } catch (StackOverflowError e) {
      throw new SchemaRefusedException("it is nested too deeply");
    }
  }

  private static void checkNested(JsonNode schema) throws SchemaRefusedException {
    SchemaDialect dialect = SchemaDialect.of(schema);
    List<Error> errors =
        MetaSchemas.of(dialect).validate(schema).stream()
            .filter(error -> !isEmptyEnum(error))
            .toList();
    if (!errors.isEmpty()) {
      throw new SchemaRefusedException(
          judge(errors, schema, MissingNode.getInstance()).getFirst().message());
    }
    Optional<String> outside = References.outside(schema);
    if (outside.isPresent()) {
      throw new SchemaRefusedException(
          "$ref "
              + PythonRepr.of(outside.get())
              + " points outside this schema; nothing is fetched, so put what it names under"
              + " 'definitions'");
    }
  }

  /** A stored schema. One that cannot be used says so of every spec. */
  public static ResourceSchema of(JsonNode schema) {
    try {
      SchemaRegistry registry = Registries.of(SchemaDialect.of(schema));
      JsonNode undeclared = schema.isObject() ? schema.deepCopy() : schema;
      if (undeclared instanceof tools.jackson.databind.node.ObjectNode object) {
        // The dialect is chosen already; the library would look for another by this name.
        object.remove("$schema");
      }
      return new ResourceSchema(schema, registry.getSchema(undeclared), null);
    } catch (RuntimeException | StackOverflowError e) {
      return new ResourceSchema(schema, null, reason(e));
    }
  }

  /**
   * The spec with the defaults of this schema where it says nothing; the given one is not changed.
   */
  public JsonNode withDefaults(JsonNode spec) {
    return new Defaults(source).applied(spec);
  }

  /**
   * What is wrong with a spec, in the order of the schema. Of very many mistakes the first hundred
   * are told, and last how many there are besides.
   *
   * @return empty if nothing is
   * @throws SchemaRefusedException if this schema cannot judge anything, e.g. for a reference that
   *     leads nowhere
   */
  public List<SpecError> errors(JsonNode spec) throws SchemaRefusedException {
    if (compiled == null) {
      throw new SchemaRefusedException(String.valueOf(trouble));
    }
    try {
      JsonNode exact = ExactNumbers.of(spec);
      return judge(compiled.validate(exact), exact, source);
    } catch (RuntimeException | StackOverflowError e) {
      throw new SchemaRefusedException(reason(e));
    }
  }

  /**
   * An enum without values is legal in every dialect; the library's copy of draft 7 is stricter.
   */
  private static boolean isEmptyEnum(Error error) {
    NodePath at = error.getInstanceLocation();
    return error.getKeyword().equals("minItems")
        && at.getNameCount() > 0
        && at.getElement(at.getNameCount() - 1).equals("enum");
  }

  static Schema metaSchema(SchemaRegistry registry, SchemaDialect dialect) {
    return registry.getSchema(SchemaLocation.of(dialect.id()));
  }

  private static List<SpecError> judge(List<Error> errors, JsonNode spec, JsonNode schema) {
    List<Error> sorted = new ArrayList<>(errors);
    sorted.sort(new ErrorOrder());
    List<List<Error>> mistakes = Alternatives.grouped(sorted);
    Messages messages = new Messages();
    List<SpecError> told =
        mistakes.stream()
            .limit(MOST_TOLD)
            .flatMap(mistake -> of(mistake, messages, spec, schema))
            .collect(Collectors.toCollection(ArrayList::new));
    if (mistakes.size() > MOST_TOLD) {
      told.add(
          new SpecError(
              SpecError.ROOT, mistakes.size() - MOST_TOLD + " more mistakes are not told"));
    }
    return List.copyOf(told);
  }

  private static Stream<SpecError> of(
      List<Error> mistake, Messages messages, JsonNode spec, JsonNode schema) {
    Error first = mistake.getFirst();
    return Alternatives.choice(first)
        .map(
            choice -> {
              NodePath place = Alternatives.instance(first, choice);
              return Stream.of(new SpecError(dotted(place), Messages.noneOf(at(spec, place))));
            })
        .orElseGet(
            () ->
                messages.of(mistake, around(first, schema)).stream()
                    .map(message -> new SpecError(dotted(first.getInstanceLocation()), message)));
  }

  /** The schema that a broken keyword stands in. */
  private static JsonNode around(Error error, JsonNode schema) {
    NodePath keyword = error.getSchemaLocation().getFragment();
    return keyword.getNameCount() == 0 ? schema : at(schema, keyword.getParent());
  }

  private static String dotted(NodePath path) {
    return path.getNameCount() == 0
        ? SpecError.ROOT
        : IntStream.range(0, path.getNameCount())
            .mapToObj(i -> String.valueOf(path.getElement(i)))
            .collect(Collectors.joining("."));
  }

  private static JsonNode at(JsonNode root, NodePath path) {
    JsonNode here = root;
    for (int i = 0; i < path.getNameCount(); i++) {
      Object step = path.getElement(i);
      here = step instanceof Integer index ? here.path(index) : here.path(step.toString());
    }
    return here;
  }

  private static String reason(Throwable failure) {
    if (failure instanceof StackOverflowError) {
      return "the schema refers to itself without end";
    }
    return String.valueOf(failure.getMessage()).strip();
  }
}
