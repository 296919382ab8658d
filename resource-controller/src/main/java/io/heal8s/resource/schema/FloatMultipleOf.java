// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * {@code multipleOf} with binary fractions, as draft 7 was judged by the original: 0.3 is no
 * multiple of 0.1. The newer dialects compute with decimals.
 */
final class FloatMultipleOf extends AbstractKeyword {

  private static final String NAME = "multipleOf";

  FloatMultipleOf() {
    super(NAME);
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode asked, Schema parent, SchemaContext context) {
    return new Check(this, asked, location, parent, context);
  }

  static boolean isMultiple(JsonNode value, JsonNode of) {
    if (value.isIntegralNumber() && of.isIntegralNumber()) {
      return value.decimalValue().remainder(of.decimalValue()).compareTo(BigDecimal.ZERO) == 0;
    }
    double quotient = value.doubleValue() / of.doubleValue();
    return !Double.isInfinite(quotient) && quotient == Math.rint(quotient);
  }

  private static final class Check extends BaseKeywordValidator {

    private Check(
        Keyword keyword,
        JsonNode asked,
        SchemaLocation location,
        Schema parent,
        SchemaContext context) {
      super(keyword, asked, location, parent, context);
    }

    @Override
    public void validate(
        ExecutionContext run, JsonNode value, JsonNode root, NodePath instanceLocation) {
      if (value.isNumber() && schemaNode.isNumber() && !isMultiple(value, schemaNode)) {
        run.addError(
            error()
                .instanceNode(value)
                .instanceLocation(instanceLocation)
                .evaluationPath(run.getEvaluationPath())
                .locale(run.getExecutionConfig().getLocale())
                .arguments(schemaNode.asString())
                .build());
      }
    }
  }
}
