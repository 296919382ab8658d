// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** One repository with a work tree, served over git's smart HTTP. */
public final class GitServer implements AutoCloseable {

  private static final Logger NOISE = Logger.getLogger("org.apache");

  static {
    NOISE.setLevel(Level.SEVERE);
  }

  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector();
  private final Git git;
  private final Path tree;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile int status;
  private volatile @Nullable String password;

  /** Starts it on a free port, with an empty branch {@code main}. */
  public GitServer(Path directory) throws LifecycleException, GitAPIException {
    tree = directory.resolve("repo");
    git = Git.init().setDirectory(tree.toFile()).setInitialBranch("main").call();
    tomcat.setBaseDir(directory.resolve("tomcat").toString());
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory.toString());
    GitServlet servlet = new GitServlet();
    servlet.setRepositoryResolver((_, _) -> open());
    Tomcat.addServlet(context, "git", servlet);
    context.addServletMappingDecoded("/*", "git");
    addFilter(context);
    tomcat.start();
  }

  private Repository open() {
    try {
      return new FileRepositoryBuilder().setGitDir(tree.resolve(".git").toFile()).build();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Its address. */
  public String address() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/infra.git";
  }

  /** Writes a file, or deletes it where the text is null; seen with the next commit. */
  public GitServer file(String path, @Nullable String text) throws IOException {
    Path file = tree.resolve(path);
    if (text == null) {
      Files.delete(file);
    } else {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    return this;
  }

  /** Commits all. */
  public void commit() throws GitAPIException {
    PersonIdent author = new PersonIdent("test", "test@localhost");
    git.add().addFilepattern(".").call();
    git.add().setUpdate(true).addFilepattern(".").call();
    git.commit().setMessage("change").setAuthor(author).setCommitter(author).setSign(false).call();
  }

  /** Every request is answered so; 0 for properly. */
  public void answer(int code) {
    status = code;
  }

  /** From now on only with that password. */
  public void demand(String secret) {
    password = secret;
  }

  /** How often a pack was asked for. */
  public int fetches() {
    return fetches.get();
  }

  private void addFilter(Context context) {
    Filter filter =
        (in, out, chain) -> {
          HttpServletRequest request = (HttpServletRequest) in;
          HttpServletResponse response = (HttpServletResponse) out;
          if (request.getRequestURI().endsWith("/git-upload-pack")) {
            fetches.incrementAndGet();
          }
          if (status != 0) {
            response.sendError(status);
          } else if (password != null && !authorized(request)) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
            response.sendError(401);
          } else {
            chain.doFilter(request, response);
          }
        };
    FilterDef definition = new FilterDef();
    definition.setFilterName("moods");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName("moods");
    map.addURLPattern("/*");
    context.addFilterMap(map);
  }

  private boolean authorized(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return false;
    }
    String given =
        new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    return given.equals("x-access-token:" + password);
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    git.close();
  }
}
