// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MasksTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'url':'https://a','api_token':'x'}      | {'url':'https://a','api_token':'***'}",
        "{'headers':{'Authorization':'Bearer x'}} | {'headers':{'Authorization':'***'}}",
        "{'headers':{'X-Api-Key':'x'}}            | {'headers':{'X-Api-Key':'***'}}",
        "{'Set-Cookie':'x','private-key':'x'}     | {'Set-Cookie':'***','private-key':'***'}",
        "{'steps':[{'password':'x'},{'n':1}]}     | {'steps':[{'password':'***'},{'n':1}]}",
        "{'tokens':['x','y']}                     | {'tokens':['***','***']}",
        "{'secret':{'name':'x','pin':7}}          | {'secret':{'name':'***','pin':'***'}}",
        "{'token':null}                           | {'token':null}",
        "{'a':{'token':'env:T','secret':'file:/f'}} | {'a':{'token':'env:T','secret':'file:/f'}}",
      })
  void hidden(String config, String shown) {
    assertThat(Masks.hidden(json(config))).isEqualTo(json(shown));
    assertThat(Masks.restored(json(shown), json(config)))
        .as("what comes back hidden is what was stored")
        .isEqualTo(json(config));
  }

  @Test
  void whatManifestsOfATypeReferToIsShown() {
    String manifest =
        """
        {'kubernetes':{'manifests':[{'spec':{'automountServiceAccountToken':false,
        'imagePullSecrets':[{'name':'reg'}],
        'volumes':[{'secret':{'secretName':'db','defaultMode':420,'optional':true}}],
        'env':[{'valueFrom':{'secretKeyRef':{'name':'db','key':'pw'}}}],
        'envFrom':[{'secretRef':{'name':'db'}}]}}]}}""";
    assertThat(Masks.hiddenOfType(json(manifest))).isEqualTo(json(manifest));
  }

  @Test
  void secretsOfATypeAreHiddenAndKept() {
    JsonNode type = json("{'all':[{'tokens':7,'password':'x'},{'secretRef':{'password':'y'}}]}");
    JsonNode shown = Masks.hiddenOfType(type);
    assertThat(shown)
        .isEqualTo(
            json("{'all':[{'tokens':7,'password':'***'},{'secretRef':{'password':'***'}}]}"));
    assertThat(Masks.restored(shown, type)).isEqualTo(type);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'n':'a','token':'x'},{'n':'b','token':'y'}] | [{'n':'b','token':'***'}] | [{'n':'b','token':'y'}]",
        "[{'n':'a','token':'x'},{'n':'b','token':'y'}] | [{'n':'b','token':'***'},{'n':'a','token':'***'}] | [{'n':'b','token':'y'},{'n':'a','token':'x'}]",
        "[{'n':'a','token':'x'}] | [{'n':'c','token':'***'}] | [{'n':'c','token':'x'}]",
        "[{'n':'a','token':'x'}] | [{'n':'c','token':'***'},{'n':'d','token':'z'}] | [{'n':'c','token':'***'},{'n':'d','token':'z'}]",
      })
  void listsKeepTheSecretOfEachElement(String stored, String given, String kept) {
    assertThat(Masks.restored(json("{'all':" + given + "}"), json("{'all':" + stored + "}")))
        .isEqualTo(json("{'all':" + kept + "}"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'username':'a','password':'x'}  | {'username':'a','password':'***'}",
        "{'properties':{'password':{'type':'bogus'}}} | {'properties':{'password':{'type':'bogus'}}}",
      })
  void echoed(String sent, String shown) {
    assertThat(Masks.echoed(json(sent))).isEqualTo(json(shown));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      quoteCharacter = '~',
      value = {
        "{'headers':{'Authorization':'***'}}                 | headers.Authorization",
        "{'all':[{'n':'c','token':'x'},{'n':'d','token':'***'}]} | all.1.token",
        "{'secret':{'name':'***'}}                           | secret.name",
        "{'tokens':['x','***']}                              | tokens.1",
        "{'token':'env:T','rating':'***','pwd':null}         | none",
      })
  void whereAValueIsMissing(String config, @Nullable String place) {
    assertThat(Masks.stillHidden(json(config))).isEqualTo(Optional.ofNullable(place));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
