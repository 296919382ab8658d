// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The folder of one local cluster: its secrets, kubeconfigs, data and logs. Only its owner can read
 * it.
 */
record ClusterFiles(Path root, boolean temporary) {

  private static final String PREFIX = "heal8s-cluster-";

  /**
   * Identities that a token is made for; all have every right, as in a cluster's own first steps.
   */
  enum Identity {
    ADMIN("heal8s-admin"),
    CONTROLLER_MANAGER("system:kube-controller-manager"),
    SCHEDULER("system:kube-scheduler"),
    KWOK("system:kwok");

    private final String user;

    Identity(String user) {
      this.user = user;
    }

    String user() {
      return user;
    }
  }

  /** Makes the given folder, or a temporary one; removes those that crashed processes have left. */
  static ClusterFiles create(Optional<Path> wanted) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    if (wanted.isPresent()) {
      Path folder = wanted.get().toAbsolutePath();
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, ownerOnly.value());
      return new ClusterFiles(folder, false);
    }
    return new ClusterFiles(TemporaryFolder.make(PREFIX), true);
  }

  /** Writes fresh tokens and the key that signs ServiceAccount tokens. */
  void writeSecrets(SecureRandom random) throws IOException {
    StringBuilder tokens = new StringBuilder();
    for (Identity identity : Identity.values()) {
      byte[] secret = new byte[32];
      random.nextBytes(secret);
      String token = HexFormat.of().formatHex(secret);
      Files.writeString(tokenFile(identity), token);
      tokens.append(token).append(',').append(identity.user()).append(',').append(identity.user());
      tokens.append(",\"system:masters\"\n");
    }
    Files.writeString(tokens(), tokens);
    Files.writeString(serviceAccountKey(), rsaKeyPem(random));
  }

  private static String rsaKeyPem(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
      String text = Base64.getMimeEncoder(64, lineEnd).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** Writes a kubeconfig for each identity, the authorities inlined so that it can be moved. */
  void writeKubeconfigs(URI server) throws IOException {
    byte[] authorities = Files.readAllBytes(caFile());
    for (Identity identity : Identity.values()) {
      ClusterAccess.writeKubeconfig(
          kubeconfig(identity), server, authorities, identity.user(), token(identity), "default");
    }
  }

  String token(Identity identity) throws IOException {
    return Files.readString(tokenFile(identity));
  }

  private Path tokenFile(Identity identity) {
    return root.resolve("token-" + identity.user().replace(':', '-'));
  }

  Path kubeconfig(Identity identity) {
    return identity == Identity.ADMIN
        ? root.resolve("kubeconfig")
        : root.resolve("kubeconfig-" + identity.user().replace(':', '-'));
  }

  Path tokens() {
    return root.resolve("tokens.csv");
  }

  Path serviceAccountKey() {
    return root.resolve("service-account.key");
  }

  /** Says that every command is run on this machine. */
  void writeExecRules() throws IOException {
    Files.writeString(
        execRules(),
        """
        apiVersion: kwok.x-k8s.io/v1alpha1
        kind: ClusterExec
        metadata: {name: here}
        spec: {execs: [{local: {workDir: "%s"}}]}
        """
            .formatted(root));
  }

  Path execRules() {
    return root.resolve("exec.yaml");
  }

  Path certificates() {
    return root.resolve("certificates");
  }

  /** kube-apiserver writes its own certificate and, after it, the authority that signed it. */
  Path caFile() {
    return certificates().resolve("apiserver.crt");
  }

  Path etcdData() {
    return root.resolve("etcd");
  }

  Path log(String program) {
    return root.resolve("logs").resolve(program + ".log");
  }

  void delete() throws IOException {
    if (temporary) {
      FileTree.delete(root);
    }
  }
}
