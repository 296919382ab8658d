// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Serves bare repositories over ssh to the holder of one key. */
final class GitSshServer implements AutoCloseable {

  private final SshServer server = SshServer.setUpDefaultServer();
  private final PublicKey hostKey;

  GitSshServer(KeyPair host, PublicKey allowed) throws IOException {
    hostKey = host.getPublic();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, allowed));
    server.setCommandFactory((channel, line) -> new GitCommand(line));
    server.start();
  }

  String address(Path repository) {
    return "ssh://git@127.0.0.1:" + server.getPort() + repository.toAbsolutePath();
  }

  /** The line of known_hosts that says who this server is. */
  String knownHost() {
    return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(hostKey) + "\n";
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code git-upload-pack '/path'} or {@code git-receive-pack '/path'}. */
  private static final class GitCommand implements Command {

    private final String line;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;

    GitCommand(String line) {
      this.line = line;
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      int code = 1;
      Path path = Path.of(line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')));
      try (Repository repository =
          new FileRepositoryBuilder().setGitDir(path.toFile()).setMustExist(true).build()) {
        if (line.startsWith("git-upload-pack")) {
          new UploadPack(repository).upload(in, out, err);
        } else {
          new ReceivePack(repository).receive(in, out, err);
        }
        code = 0;
      } catch (IOException e) {
        // The client sees the exit code, as it would of a real server.
        code = 128;
      } finally {
        if (exit != null) {
          exit.onExit(code);
        }
      }
    }

    @Override
    public void destroy(ChannelSession channel) {}
  }
}
