// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameStatusTest {

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':null}|{}|true|null is a missing field",
        "{'a':[]}|{}|true|an empty list is a missing field",
        "{'a':{'b':null}}|{}|true|an object of nothing is a missing field",
        "{'a':''}|{}|false|an empty text is a value",
        "{'a':false}|{}|false|false is a value",
        "{'a':0}|{}|false|zero is a value",
        "{'a':1}|{'a':1.0}|true|numbers are compared by value",
        "{'a':1}|{'a':'1'}|false|a number is not a text",
        "{'a':'2026-03-01T12:00:00Z'}|{'a':'2026-03-01T13:00:00.000000+01:00'}|true|times are instants",
        "{'a':'2026-03-01T12:00:00.0000009Z'}|{'a':'2026-03-01T12:00:00Z'}|true|the server keeps microseconds",
        "{'a':'2026-03-01T12:00:00Z'}|{'a':'2026-03-01T12:00:01Z'}|false|another second",
        "{'a':'2026-03-01T12 is a sentence'}|{'a':'2026-03-01T12 is another'}|false|not every text with a date is a time",
        "{'a':[1,2]}|{'a':[2,1]}|false|order of a plain list matters",
        "{'a':[1]}|{'a':[1,2]}|false|length of a list matters",
        "{'a':[{'type':'X','status':'True','reason':'R'},{'type':'Y','status':'True','reason':'R'}]}|{'a':[{'type':'Y','status':'True','reason':'R'},{'type':'X','status':'True','reason':'R'}]}|true|order of conditions does not matter",
        "{'a':[{'type':'X','status':'True','reason':'R'}]}|{'a':[{'type':'X','status':'False','reason':'R'}]}|false|another truth",
        "{'a':[{'type':'X','status':'True','reason':'R'}]}|{'a':[]}|false|a condition went away",
        "{'a':{'b':{'c':1}}}|{'a':{'b':{'c':2}}}|false|depth does not hide a change"
      })
  void meansTheSame(String a, String b, boolean same, String because) {
    var left = JsonParser.parseString(a.replace('\'', '"'));
    var right = JsonParser.parseString(b.replace('\'', '"'));

    assertThat(SameStatus.same(left, right)).as(because).isEqualTo(same);
    assertThat(SameStatus.same(right, left)).as(because).isEqualTo(same);
    assertThat(SameStatus.same(left, left)).isTrue();
  }
}
