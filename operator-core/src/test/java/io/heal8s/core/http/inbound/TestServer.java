// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The servlet container that the services use, on loopback, with one filter before a servlet. */
final class TestServer implements AutoCloseable {
  /** What came through the filter. */
  record Seen(String first, String second, Object caller) {}

  private final Tomcat tomcat = new Tomcat();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  TestServer(Path directory, Filter filter) throws LifecycleException {
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("connectionTimeout", "1000");
    tomcat.setConnector(connector);
    StandardContext context = (StandardContext) tomcat.addContext("", directory.toString());
    // They look into the JDK for leaks of redeployed applications and warn that they may not.
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    Tomcat.addServlet(context, "sink", new Sink());
    context.addServletMappingDecoded("/*", "sink");
    FilterDef definition = new FilterDef();
    definition.setFilterName("filter");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName("filter");
    map.addURLPattern("/*");
    context.addFilterMap(map);
    tomcat.start();
  }

  List<Seen> seen() {
    return seen;
  }

  Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends bytes as they are and returns the answer as text. */
  String send(String head, byte[] body) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      // Closed after the answer, so that the answer's end is the end of the stream.
      String closing = head.replace("Host: x\n", "Host: x\nConnection: close\n");
      out.write(closing.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      try {
        out.write(body);
        out.flush();
      } catch (IOException _) {
        // The server has answered and hung up before it was told everything.
      }
      return read(socket);
    }
  }

  static String read(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[4096];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException _) {
      // A reset after the answer, because we were still sending; what came before it counts.
    }
    return text.toString();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  private final class Sink extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String first = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String second = request.getReader().lines().reduce("", String::concat);
      Object caller = request.getAttribute(WebhookFilter.CALLER);
      seen.add(new Seen(first, second, Objects.requireNonNullElse(caller, "nobody")));
      response.setHeader("Connection", "close");
      response.setStatus(202);
    }
  }

  /** Refusals that a filter reported. */
  static final class Refusals implements RefusalListener {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void refused(int status, String reason) {
      all.add(status + " " + reason);
    }

    List<String> all() {
      return new ArrayList<>(all);
    }
  }
}
