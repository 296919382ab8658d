// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.intent.WebhookCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses a webhook may lead to, and that Services of one's own namespace are found. */
class OwnServicesTest {

  private final HttpServer receiver;
  private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
  private final int port;

  OwnServicesTest() throws IOException {
    this.receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.port = receiver.getAddress().getPort();
    receiver.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  /** Names of Services stand for addresses inside, as the cluster's own DNS would have it. */
  private static List<InetAddress> dns(String name) throws UnknownHostException {
    if (name.endsWith(".svc") || name.endsWith(".local")) {
      return List.of(InetAddress.ofLiteral("10.0.0.9"));
    }
    throw new UnknownHostException(name);
  }

  private Reply call(String url, String... objects) {
    FakeCluster cluster = FakeCluster.of(objects);
    // Loopback needs an entry of its own; neither http nor the port is among what may be called.
    OutboundSettings settings =
        new OutboundSettings(
            Set.of("https"),
            Set.of(443),
            List.of(Cidr.valueOf("127.0.0.1/32")),
            Duration.ofSeconds(2),
            null,
            null,
            null);
    WebhookCall call =
        new WebhookCall(
            url.replace("PORT", Integer.toString(port)),
            "POST",
            new TreeMap<>(),
            new JsonObject(),
            Duration.ofSeconds(5),
            true,
            new WebhookCall.Context("", null, Map.of(), null));
    try (OutboundWebhooks webhooks =
        new OutboundWebhooks(
            settings, query -> new Reading.Read(cluster.answer(query)), OwnServicesTest::dns)) {
      return webhooks.send(call, "shop", "{}", "key");
    }
  }

  private String headless(String namespace) {
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: hook, namespace: %s}
        spec: {clusterIP: None, selector: {app: hook}, ports: [{port: %d}]}
        """
        .formatted(namespace, port);
  }

  private static String pod(String address, String ready) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: hook-1, namespace: shop, labels: {app: hook}}
        status: {podIP: %s, conditions: [{type: Ready, status: "%s"}]}
        """
        .formatted(address, ready);
  }

  @Test
  void aServiceOfTheOwnNamespaceIsCalledByEachOfItsNames() {
    for (String host :
        List.of("hook", "hook.shop", "hook.shop.svc", "HOOK.shop.svc.cluster.local")) {
      assertThat(call("http://" + host + ":PORT/x", headless("shop"), pod("127.0.0.1", "True")))
          .as(host)
          .isEqualTo(new Reply.Answered(204));
    }
    assertThat(hosts).hasSize(4).contains("hook.shop.svc:" + port);
  }

  @Test
  void aServiceOfAnotherNamespaceIsAnAddressLikeAnyOther() {
    assertThat(call("https://hook.bank.svc/x", headless("bank")))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.message()).contains("10.0.0.9 is a private address"));
    assertThat(call("http://hook.bank.svc:PORT/x", headless("bank")))
        .isInstanceOf(Reply.Refused.class);
    assertThat(hosts).isEmpty();
  }

  @Test
  void aNameThatNoServiceHasIsAnAddressLikeAnyOther() {
    assertThat(call("https://hook.shop.svc/x")).isInstanceOf(Reply.Refused.class);
    String external =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: hook, namespace: shop}
        spec: {type: ExternalName, externalName: metadata.google.internal}
        """;
    assertThat(call("https://hook.shop.svc/x", external)).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void aPodCannotLeadToTheMetadataServiceOrTheMachine() {
    for (String address : List.of("169.254.169.254", "fd00:ec2::254", "127.0.0.2", "0.0.0.0")) {
      assertThat(call("http://hook:PORT/x", headless("shop"), pod("'" + address + "'", "True")))
          .as(address)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.message()).contains("to the allowed CIDRs"));
    }
    assertThat(call("https://169.254.169.254/latest")).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void whatMayComeIsWaitedForAndWhatIsWrongIsSaid() {
    assertThat(call("http://hook:PORT/x", headless("shop"), pod("127.0.0.1", "False")))
        .isEqualTo(new Reply.Failed("no pod of Service shop/hook is ready"));
    assertThat(call("http://hook:1/x", headless("shop")))
        .isEqualTo(new Reply.Refused("Service shop/hook has no port 1"));
  }

  /** Whoever may write Endpoints by hand would else lead a call anywhere. */
  @Test
  void aServiceWithoutASelectorIsAnAddressLikeAnyOther() {
    for (String address : List.of("10.0.0.9", "None")) {
      for (String selector : List.of("", "selector: {}, ")) {
        String service =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: hook, namespace: shop}
            spec: {clusterIP: %s, %sports: [{port: 443}, {port: %d}]}
            """
                .formatted(address, selector, port);
        assertThat(call("https://hook.shop.svc/x", service))
            .as(service)
            .isInstanceOfSatisfying(
                Reply.Refused.class,
                refused -> assertThat(refused.message()).contains("10.0.0.9 is a private address"));
        assertThat(call("http://hook.shop.svc:PORT/x", service)).isInstanceOf(Reply.Refused.class);
      }
    }
    assertThat(hosts).isEmpty();
  }

  private static final String NAMED_PORT =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: hook-2, namespace: shop, labels: {app: hook}}
      spec: {containers: [{name: a}, {name: b, ports: [{name: web, containerPort: 8081}]}]}
      status: {podIP: 10.1.0.2, conditions: [{type: Ready, status: "True"}]}
      """;

  private static OwnServices.Found find(String url, String spec) {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: hook, namespace: shop}
        spec: {selector: {app: hook}, %s}
        """
            .formatted(spec);
    FakeCluster cluster = FakeCluster.of(service, pod("10.1.0.1", "True"), NAMED_PORT);
    return new OwnServices(query -> new Reading.Read(cluster.answer(query)))
        .find("shop", URI.create(url));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      http://hook/x      | clusterIP: 10.0.0.9, ports: [{port: 80}]                    | 10.1.0.1:80
      http://hook/x      | clusterIP: 10.0.0.9, ports: [{port: 80, targetPort: 8080}]  | 10.1.0.1:8080
      http://hook/x      | clusterIP: 10.0.0.9, ports: [{port: 80, targetPort: web}]   | 10.1.0.2:8081
      http://hook:8080/x | clusterIP: 10.0.0.9, ports: [{port: 80, targetPort: 8080}]  | no
      http://hook/x      | clusterIP: None, ports: [{port: 80, targetPort: 8080}]      | 10.1.0.1:8080
      http://hook:8080/x | clusterIP: None, ports: [{port: 80, targetPort: 8080}]      | 10.1.0.1:8080
      http://hook:8081/x | clusterIP: None, ports: [{port: 80, targetPort: web}]       | 10.1.0.2:8081
      http://hook:8082/x | clusterIP: None, ports: [{port: 80, targetPort: web}]       | later
      http://hook/x      | clusterIP: None, ports: [{port: 80, protocol: UDP}]         | no
      """)
  void aReadyPodIsCalledByItsOwnPort(String url, String spec, String expected) {
    switch (find(url, spec)) {
      case OwnServices.Found.At(InetSocketAddress address) ->
          assertThat(address.getAddress().getHostAddress() + ":" + address.getPort())
              .isEqualTo(expected);
      case OwnServices.Found.Unfit _ -> assertThat(expected).isEqualTo("no");
      case OwnServices.Found.NotNow _ -> assertThat(expected).isEqualTo("later");
      case OwnServices.Found.Elsewhere() -> throw new AssertionError("not found");
    }
  }

  @Test
  void aServiceOfAnotherNamespaceIsNotFoundHere() {
    OwnServices services =
        new OwnServices(query -> new Reading.Read(FakeCluster.of(headless("shop")).answer(query)));
    assertThat(services.find("bank", URI.create("http://hook.shop.svc/x")))
        .isEqualTo(new OwnServices.Found.Elsewhere());
  }
}
