// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** GitHub's published GraphQL schema, made executable by what the stand-in can do. */
final class GraphqlSchemas {

  private static final class Holder {
    private static final GraphQLSchema READ = read();
  }

  private GraphqlSchemas() {}

  /** The schema, read once for the life of the process. */
  static GraphQLSchema published() {
    return Holder.READ;
  }

  private static GraphQLSchema read() {
    RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().wiringFactory(new Wiring());
    GraphqlActions.FETCHERS.forEach(
        (type, fields) -> wiring.type(type, builder -> builder.dataFetchers(fields)));
    TypeDefinitionRegistry types =
        new SchemaParser()
            .parse(PublishedFiles.of("@octokit/graphql-schema", "schema.graphql").toFile());
    types.getTypes(ObjectTypeDefinition.class).forEach(type -> withoutRepetition(types, type));
    return new SchemaGenerator().makeExecutableSchema(types, wiring.build());
  }

  /** The published file declares some fields twice, word for word, which is no valid schema. */
  private static void withoutRepetition(TypeDefinitionRegistry types, ObjectTypeDefinition type) {
    Map<String, FieldDefinition> fields = new LinkedHashMap<>();
    type.getFieldDefinitions().forEach(field -> fields.putIfAbsent(field.getName(), field));
    if (fields.size() < type.getFieldDefinitions().size()) {
      types.remove(type);
      types.add(type.transform(copy -> copy.fieldDefinitions(List.copyOf(fields.values()))));
    }
  }

  /** What is the same for all types. */
  private static final class Wiring implements WiringFactory {

    private static final TypeResolver BY_NAME =
        environment -> {
          Map<?, ?> object = Objects.requireNonNull(environment.getObject());
          String name = Objects.requireNonNull(object.get("__typename")).toString();
          return Objects.requireNonNull(environment.getSchema().getObjectType(name));
        };

    /** Fails for what the stand-in does not hold: silence would be taken for a fact. */
    private static final DataFetcher<?> FROM_MAP =
        environment -> {
          String field = environment.getField().getName();
          if (environment.getSource() instanceof Map<?, ?> map && map.containsKey(field)) {
            return map.get(field);
          }
          throw new IllegalStateException("the stand-in does not know the field " + field);
        };

    @Override
    public boolean providesScalar(ScalarWiringEnvironment environment) {
      return !ScalarInfo.isGraphqlSpecifiedScalar(environment.getScalarTypeDefinition().getName());
    }

    @Override
    public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
      return GraphQLScalarType.newScalar()
          .name(environment.getScalarTypeDefinition().getName())
          .coercing(new Text())
          .build();
    }

    @Override
    public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
      return true;
    }

    @Override
    public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
      return BY_NAME;
    }

    @Override
    public boolean providesTypeResolver(UnionWiringEnvironment environment) {
      return true;
    }

    @Override
    public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
      return BY_NAME;
    }

    @Override
    public DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
      return FROM_MAP;
    }
  }

  /** GitHub's own scalars are all texts on the wire. */
  private static final class Text implements Coercing<String, String> {

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      return value.toString();
    }

    @Override
    public String parseValue(Object input, GraphQLContext context, Locale locale) {
      if (input instanceof String text) {
        return text;
      }
      throw new CoercingParseValueException("must be a text");
    }

    @Override
    public String parseLiteral(
        Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
      if (input instanceof StringValue text) {
        return Objects.requireNonNull(text.getValue());
      }
      throw new CoercingParseLiteralException("must be a text");
    }
  }
}
