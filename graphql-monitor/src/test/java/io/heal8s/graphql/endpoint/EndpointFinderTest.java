// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.WireJson;
import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointFinderTest {

  private static final String SHOP = "shop";
  private static final Map<String, String> API = Map.of("app", "api");

  private static String pod(String name, String labels, String ip, String more) {
    return """
    {"metadata": {"name": "%s", "namespace": "shop", "uid": "u", "resourceVersion": "1",
      "labels": %s, "creationTimestamp": "2026-01-01T00:00:00Z"%s},
     "spec": {"containers": [{"ports": [{"name": "graph", "containerPort": 4000}]}, {}]},
     "status": {"podIP": "%s", "conditions": [{"type": "Ready", "status": "%s"}]}}
    """
        .formatted(
            name,
            labels,
            more.contains("terminating") ? ", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"" : "",
            ip,
            more.contains("starting") ? "False" : "True");
  }

  private static String service(String spec) {
    return """
    {"metadata": {"name": "api", "namespace": "shop", "uid": "u", "resourceVersion": "1"},
     "spec": %s}
    """
        .formatted(spec);
  }

  private static EndpointFinder finder(List<String> pods, List<String> services) {
    AddressPolicy policy = new AddressPolicy(List.of(Cidr.valueOf("203.0.113.0/24")));
    return new EndpointFinder(
        List.of(
            new ListedStore<>(
                PodView.TYPE,
                pods.stream().map(p -> WireJson.GSON.fromJson(p, PodView.class)).toList(),
                PodView::labelKeys)),
        List.of(
            new ListedStore<>(
                ServiceView.TYPE,
                services.stream().map(s -> WireJson.GSON.fromJson(s, ServiceView.class)).toList(),
                service -> List.of())),
        new UrlGuard(Set.of("http", "https"), Set.of(), policy, EndpointFinderTest::resolve),
        policy);
  }

  private static List<InetAddress> resolve(String name) throws UnknownHostException {
    return switch (name) {
      case "public.example" -> List.of(InetAddress.getByName("93.184.216.34"));
      case "inside.example" -> List.of(InetAddress.getByName("10.0.0.1"));
      case "mixed.example" ->
          List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("127.0.0.1"));
      default -> throw new UnknownHostException(name);
    };
  }

  private static EndpointReference.Pods pods(@Nullable String port, boolean all) {
    return new EndpointReference.Pods(
        SHOP, API, PortReference.of(port), false, null, "/graphql", all);
  }

  private static String text(Found found) {
    return switch (found) {
      case Found.At(List<Destination> at) ->
          at.stream()
              .map(d -> d.url() + " by " + d.source())
              .reduce((a, b) -> a + ", " + b)
              .orElse("");
      case Found.NotYet(Found.Reason reason, String message) ->
          "not yet, " + reason + ": " + message;
      case Found.Never(Found.Reason reason, String message) -> "never, " + reason + ": " + message;
    };
  }

  @Test
  void onlyAPodThatTakesRequestsIsAsked() {
    EndpointFinder finder =
        finder(
            List.of(
                pod("a-starting", "{\"app\":\"api\"}", "10.1.0.1", "starting"),
                pod("b-leaving", "{\"app\":\"api\"}", "10.1.0.2", "terminating"),
                pod("c-no-address", "{\"app\":\"api\"}", "", ""),
                pod("d-other", "{\"app\":\"web\"}", "10.1.0.4", ""),
                pod("e-serving", "{\"app\":\"api\",\"tier\":\"x\"}", "10.1.0.5", ""),
                pod("f-serving", "{\"app\":\"api\"}", "10.1.0.6", "")),
            List.of());
    assertThat(text(finder.find(pods(null, false), null)))
        .isEqualTo("http://10.1.0.5:8080/graphql by pod/e-serving");
    assertThat(text(finder.find(pods(null, false), "pod/f-serving")))
        .as("the one that was asked before is kept")
        .isEqualTo("http://10.1.0.6:8080/graphql by pod/f-serving");
    assertThat(text(finder.find(pods(null, false), "pod/b-leaving")))
        .as("not one that goes")
        .contains("e-serving");
    assertThat(text(finder.find(pods("graph", true), null)))
        .isEqualTo(
            "http://10.1.0.5:4000/graphql by pod/e-serving, http://10.1.0.6:4000/graphql by"
                + " pod/f-serving");
  }

  @Test
  void whatIsMissingIsSaid() {
    EndpointFinder empty = finder(List.of(), List.of());
    assertThat(text(empty.find(pods(null, false), null)))
        .isEqualTo(
            "not yet, NoReadyPod: no pod with the labels app=api is ready; polling begins with"
                + " one");
    EndpointFinder one = finder(List.of(pod("a", "{\"app\":\"api\"}", "10.1.0.1", "")), List.of());
    assertThat(text(one.find(pods("admin", false), null))).startsWith("not yet, PortNotFound");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "fd00::5 | http://[fd00::5]:8080/graphql by pod/a",
        "100.64.3.4 | http://100.64.3.4:8080/graphql by pod/a",
        "127.0.0.1 | never, EndpointNotAllowed: pod/a: 127.0.0.1 is a loopback address; to allow"
            + " it, add a block that holds it to the allowed CIDRs",
        "169.254.169.254 | never, EndpointNotAllowed: pod/a: 169.254.169.254 is the address of a"
            + " cloud's metadata service; to allow it, add exactly this address to the allowed"
            + " CIDRs"
      })
  void anAddressOfAPod(String ip, String found) {
    EndpointFinder finder = finder(List.of(pod("a", "{\"app\":\"api\"}", ip, "")), List.of());
    assertThat(text(finder.find(pods(null, false), null))).isEqualTo(found);
  }

  @Test
  void aService() {
    List<String> api = List.of(pod("a", "{\"app\":\"api\"}", "10.1.0.1", ""));
    String ports = "\"ports\":[{\"name\":\"http\",\"port\":80,\"targetPort\":\"graph\"}]";
    EndpointReference.Service any =
        new EndpointReference.Service(SHOP, "api", null, false, null, "/graphql");
    assertThat(
            text(
                finder(
                        api,
                        List.of(
                            service(
                                "{\"clusterIP\":\"10.96.0.7\",\"selector\":{\"app\":\"api\"},"
                                    + ports
                                    + "}")))
                    .find(any, null)))
        .isEqualTo("http://api.shop.svc/graphql by service/api");
    assertThat(
            text(
                finder(
                        api,
                        List.of(
                            service(
                                "{\"clusterIP\":\"None\",\"selector\":{\"app\":\"api\"},"
                                    + ports
                                    + "}")))
                    .find(any, null)))
        .as("a headless one stands for its pods")
        .isEqualTo("http://10.1.0.1:4000/graphql by pod/a");
    assertThat(text(finder(api, List.of()).find(any, null)))
        .isEqualTo("not yet, ServiceNotFound: there is no Service api in this namespace");
    assertThat(
            text(
                finder(
                        api,
                        List.of(
                            service(
                                "{\"type\":\"ExternalName\",\"externalName\":\"evil\","
                                    + ports
                                    + "}")))
                    .find(any, null)))
        .startsWith("never, EndpointNotAllowed");
  }

  /** Whoever may write its EndpointSlices decides where its address leads. */
  @ParameterizedTest(name = "{0} as {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.96.0.7    |                         | never, EndpointNotAllowed: Service api has no selector
          10.96.0.7    | http://api.shop.svc/g   | never, EndpointNotAllowed: Service api has no selector
          10.96.0.7    | http://api/g            | never, EndpointNotAllowed: Service api has no selector
          93.184.216.7 |                         | never, EndpointNotAllowed: Service api has no selector
          203.0.113.7  |                         | http://api.shop.svc/graphql by service/api
          203.0.113.7  | http://api/g            | http://api/g by service/api
          """)
  void aServiceWithoutASelectorIsAskedOnlyAtAnAddressThatIsAllowed(
      String ip, @Nullable String url, String found) {
    EndpointReference reference =
        url == null
            ? new EndpointReference.Service(SHOP, "api", null, false, null, "/graphql")
            : new EndpointReference.Url(SHOP, url);
    for (String selector : List.of("", "\"selector\":{},")) {
      String spec = "{\"clusterIP\":\"%s\",%s\"ports\":[{\"port\":80}]}".formatted(ip, selector);
      assertThat(text(finder(List.of(), List.of(service(spec))).find(reference, null)))
          .startsWith(found);
    }
  }

  @Test
  void whatToDoAboutAServiceWithoutASelectorIsSaid() {
    String spec = "{\"clusterIP\":\"10.96.0.7\",\"ports\":[{\"port\":80}]}";
    EndpointReference api =
        new EndpointReference.Service(SHOP, "api", null, false, null, "/graphql");
    assertThat(text(finder(List.of(), List.of(service(spec))).find(api, null)))
        .isEqualTo(
            "never, EndpointNotAllowed: Service api has no selector, so its endpoints are written"
                + " by hand and may lead anywhere: give it one, or add a block that holds 10.96.0.7"
                + " to the allowed CIDRs");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "http://public.example/g?x=1 | http://public.example/g by url | a public name",
        "HTTPS://public.example:8443/g | https://public.example:8443/g by url | either case",
        "http://public.example/größe | http://public.example/gr%C3%B6%C3%9Fe by url | any script",
        "http://203.0.113.9/g | http://203.0.113.9/g by url | a block that is allowed",
        "http://inside.example/g | never, EndpointNotAllowed | a private address behind a name",
        "http://mixed.example/g | never, EndpointNotAllowed | one of two is not allowed, so none"
            + " is",
        "http://127.0.0.1:8080/g | never, EndpointNotAllowed | this machine",
        "http://[::1]/g | never, EndpointNotAllowed | this machine in IPv6",
        "http://2130706433/g | never, EndpointInvalid | a number that some take for 127.0.0.1",
        "http://u:p@public.example/g | never, EndpointInvalid | credentials in the URL",
        "http:///g | never, EndpointInvalid | no host",
        "http://nowhere.example/g | not yet, NameNotResolved | a name that may come",
        "http://api.shop.svc:80/g | http://api.shop.svc/g by service/api | a Service of the own"
            + " namespace",
        "http://api/g | http://api/g by service/api | the same by its short name",
        "http://api.other.svc:80/g | not yet, NameNotResolved | one of another namespace is any"
            + " name"
      })
  void anAbsoluteUrl(String url, String found, String because) {
    EndpointFinder finder =
        finder(
            List.of(),
            List.of(
                service(
                    "{\"clusterIP\":\"10.96.0.7\",\"selector\":{\"app\":\"api\"},"
                        + "\"ports\":[{\"name\":\"h\",\"port\":80}]}")));
    assertThat(text(finder.find(new EndpointReference.Url(SHOP, url), null)))
        .as(because)
        .startsWith(found);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "/graphql,/graphql",
    "graphql,/graphql",
    "//x/graphql,/x/graphql",
    "a?b=1,/a?b=1",
    "/a/../b,/b",
    "/../../etc,/etc",
    "/a//b,/a/b",
    "/a b,/a%20b",
    "/a#frag,/a",
    "/a%2Fb,/a%2Fb",
    "/100%,/100%25",
    "/a%zz?b=%,/a%25zz?b=%25",
    "/a[1],/a%5B1%5D",
    "/ä?ö,/%C3%A4?%C3%B6",
    "'',/"
  })
  void aPathIsReadAsTheOriginalReadIt(String endpoint, String path) {
    assertThat(EndpointReference.path(endpoint)).isEqualTo(path);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          its labels                           | http://api:80/g            | true
          a Service by its DNS name            | http://api.shop.svc/g      | true
          a Service of another namespace       | http://api.bank.svc/g      | false
          a URL of elsewhere                   | https://public.example/g   | false
          """)
  void aUrlMayBeAtAPodOnlyThroughAServiceThatChoosesIt(String what, String url, boolean may) {
    EndpointFinder finder =
        finder(
            List.of(),
            List.of(service("{\"clusterIP\": \"10.96.0.1\", \"selector\": {\"app\": \"api\"}}")));
    EndpointReference reference = new EndpointReference.Url("shop", url);
    assertThat(finder.mayBe(reference, view("{\"app\": \"api\"}"))).as(what).isEqualTo(may);
    assertThat(finder.mayBe(reference, view("{\"app\": \"other\"}"))).as(what).isFalse();
    assertThat(finder.mayBe(reference, "api")).as(what).isEqualTo(may);
    assertThat(finder.mayBe(reference, "other")).as(what).isFalse();
  }

  @Test
  void podsAreThoseOfTheSelector() {
    EndpointFinder finder = finder(List.of(), List.of());
    EndpointReference reference =
        new EndpointReference.Pods("shop", Map.of("app", "api"), null, false, null, "/g", false);
    assertThat(finder.mayBe(reference, view("{\"app\": \"api\", \"x\": \"y\"}"))).isTrue();
    assertThat(finder.mayBe(reference, view("{\"app\": \"other\"}"))).isFalse();
    assertThat(finder.mayBe(reference, "api")).isFalse();
  }

  private static PodView view(String labels) {
    return WireJson.GSON.fromJson(pod("api-1", labels, "10.0.0.1", ""), PodView.class);
  }
}
