// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.jspecify.annotations.Nullable;

/** Serves the bare repositories of a directory over git's smart HTTP, and misbehaves on demand. */
final class GitHttpServer implements AutoCloseable {

  private static final Logger NOISE = Logger.getLogger("org.apache");

  static {
    NOISE.setLevel(Level.SEVERE);
  }

  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile boolean loseNextPush;
  private volatile int status;
  private volatile @Nullable String password;
  private volatile @Nullable String redirect;
  private volatile @Nullable String refusal;

  GitHttpServer(Path directory) throws LifecycleException {
    tomcat.setBaseDir(directory.resolve("tomcat").toString());
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory.toString());
    GitServlet servlet = new GitServlet();
    servlet.setRepositoryResolver((request, name) -> open(directory.resolve(name)));
    servlet.setReceivePackFactory((request, repository) -> receive(repository));
    Tomcat.addServlet(context, "git", servlet);
    context.addServletMappingDecoded("/*", "git");
    addFilter(context);
    tomcat.start();
  }

  String address() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/shop.git";
  }

  /** How many times refs for a fetch were asked for. */
  int fetches() {
    return fetches.get();
  }

  void loseNextPush() {
    loseNextPush = true;
  }

  /** Every request is answered so; 0 for properly. */
  void answer(int code) {
    status = code;
  }

  void demand(String secret) {
    password = secret;
  }

  void redirect(String address) {
    redirect = address;
  }

  void refusePushes(String message) {
    refusal = message;
  }

  private static Repository open(Path directory) throws RepositoryNotFoundException {
    try {
      return new FileRepositoryBuilder().setGitDir(directory.toFile()).setMustExist(true).build();
    } catch (IOException e) {
      throw new RepositoryNotFoundException(directory.toString(), e);
    }
  }

  private ReceivePack receive(Repository repository) {
    ReceivePack receive = new ReceivePack(repository);
    receive.setPreReceiveHook(
        (PreReceiveHook)
            (pack, commands) -> {
              String message = refusal;
              if (message != null) {
                commands.forEach(
                    c -> c.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, message));
              }
            });
    return receive;
  }

  private void addFilter(Context context) {
    Filter filter = this::filter;
    FilterDef definition = new FilterDef();
    definition.setFilterName("moods");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName("moods");
    map.addURLPattern("/*");
    context.addFilterMap(map);
  }

  private void filter(ServletRequest in, ServletResponse out, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) in;
    HttpServletResponse response = (HttpServletResponse) out;
    if ("git-upload-pack".equals(request.getParameter("service"))) {
      fetches.incrementAndGet();
    }
    String elsewhere = redirect;
    if (elsewhere != null) {
      response.sendRedirect(elsewhere + request.getRequestURI() + "?" + request.getQueryString());
    } else if (status != 0) {
      response.sendError(status);
    } else if (password != null && !authorized(request)) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
      response.sendError(401);
    } else if (loseNextPush && request.getRequestURI().endsWith("/git-receive-pack")) {
      loseNextPush = false;
      chain.doFilter(request, new Swallowing(response));
      // The push is done; the caller sees a connection that breaks before a single byte of reply.
      throw new IOException("cut by the test");
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean authorized(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return false;
    }
    String given =
        new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    return given.substring(given.indexOf(':') + 1).equals(password);
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
