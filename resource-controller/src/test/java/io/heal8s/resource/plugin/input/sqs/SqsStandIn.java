// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.sqs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A queue as SQS has it over its JSON protocol: visibility, receipt handles that a later receive
 * makes void, a redrive policy. Every request and answer is checked against {@link PublishedModel}.
 */
final class SqsStandIn implements AutoCloseable {

  private static final int MOST_RECEIVES = 3;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Entry> queue = new ArrayList<>();
  private final List<String> dead = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private volatile boolean losesDeletes;
  private int names;

  private static final class Entry {
    private final String id;
    private final String body;
    private String handle = "";
    private long visibleAt;
    private int receives;

    Entry(String id, String body) {
      this.id = id;
      this.body = body;
    }
  }

  SqsStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String queueUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/123456789012/wanted";
  }

  void send(String body) {
    lock.lock();
    try {
      queue.add(new Entry("m-" + ++names, body));
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many may be received now. */
  long visible() {
    lock.lock();
    try {
      return queue.stream().filter(entry -> entry.visibleAt <= System.nanoTime()).count();
    } finally {
      lock.unlock();
    }
  }

  /** What the redrive policy took out. */
  List<String> dead() {
    return dead;
  }

  /** What was not as the model has it. */
  List<String> problems() {
    return problems;
  }

  long count(String operation) {
    return calls.stream().filter(operation::equals).count();
  }

  /** Answers deletes and forgets them, as a queue with several copies may. */
  void loseDeletes(boolean lose) {
    losesDeletes = lose;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String operation = target.substring(target.indexOf('.') + 1);
      JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      check(exchange, target, PublishedModel.requestProblems(operation, body));
      calls.add(operation);
      ObjectNode answer = answer(operation, body);
      problems.addAll(PublishedModel.responseProblems(operation, answer));
      byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(HttpExchange exchange, String target, List<String> wrong) {
    problems.addAll(wrong);
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    String signature = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!target.startsWith("AmazonSQS.") || !type.equals("application/x-amz-json-1.0")) {
      problems.add("not the JSON protocol: " + target + " " + type);
    }
    if (!signature.matches(
        "AWS4-HMAC-SHA256 Credential=test-key/\\d{8}/eu-central-1/sqs/aws4_request, .*")) {
      problems.add("not signed for this region and service: " + signature);
    }
  }

  private ObjectNode answer(String operation, JsonNode body) throws InterruptedException {
    lock.lock();
    try {
      return switch (operation) {
        case "ReceiveMessage" -> receive(body);
        case "DeleteMessage" -> {
          boolean forgets = losesDeletes;
          queue.removeIf(entry -> !forgets && isHeld(entry, body));
          yield JsonMapper.shared().createObjectNode();
        }
        case "ChangeMessageVisibility" -> {
          queue.stream()
              .filter(entry -> isHeld(entry, body))
              .forEach(entry -> entry.visibleAt = later(body.path("VisibilityTimeout").asInt()));
          arrived.signalAll();
          yield JsonMapper.shared().createObjectNode();
        }
        case "GetQueueAttributes" -> {
          ObjectNode answer = JsonMapper.shared().createObjectNode();
          answer
              .putObject("Attributes")
              .put("RedrivePolicy", "{\"maxReceiveCount\":" + MOST_RECEIVES + "}");
          yield answer;
        }
        default -> throw new IllegalArgumentException(operation);
      };
    } finally {
      lock.unlock();
    }
  }

  private static boolean isHeld(Entry entry, JsonNode body) {
    return entry.handle.equals(body.path("ReceiptHandle").asString(""));
  }

  private static long later(int seconds) {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  private ObjectNode receive(JsonNode body) throws InterruptedException {
    long end = later(body.path("WaitTimeSeconds").asInt());
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    ArrayNode messages = JsonMapper.shared().createArrayNode();
    while (true) {
      long now = System.nanoTime();
      for (Entry entry : List.copyOf(queue)) {
        if (entry.visibleAt <= now && messages.size() < body.path("MaxNumberOfMessages").asInt()) {
          take(entry, body, messages);
        }
      }
      long left = end - System.nanoTime();
      if (!messages.isEmpty() || left <= 0) {
        return messages.isEmpty() ? answer : answer.set("Messages", messages);
      }
      // Visibility may end without anybody saying so.
      arrived.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
    }
  }

  private void take(Entry entry, JsonNode body, ArrayNode messages) {
    if (entry.receives == MOST_RECEIVES) {
      queue.remove(entry);
      dead.add(entry.body);
      return;
    }
    entry.receives++;
    entry.handle = entry.id + "-" + entry.receives;
    entry.visibleAt = later(body.path("VisibilityTimeout").asInt());
    messages
        .addObject()
        .put("MessageId", entry.id)
        .put("ReceiptHandle", entry.handle)
        .put("MD5OfBody", md5(entry.body))
        .put("Body", entry.body);
  }

  /** The service tells it and the client checks it. */
  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
