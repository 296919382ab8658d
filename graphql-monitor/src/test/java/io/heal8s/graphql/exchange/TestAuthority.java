// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority in memory, whose certificates are good for an hour. */
public final class TestAuthority {

  /** A certificate of it, and its key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {

    /** The key in PEM, PKCS #8. */
    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The certificate in PEM. */
    public String certificatePem() throws Exception {
      return pem("CERTIFICATE", certificate.getEncoded());
    }
  }

  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private long serial = 1;

  /** A new one. */
  public TestAuthority(String commonName) throws Exception {
    this.name = new X500Principal("CN=" + commonName);
    this.keys = newKeys();
    this.certificate =
        signed(
            builder(name, keys)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)));
  }

  /** What others trust, in PEM. */
  public String pem() throws Exception {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** A certificate for a DNS name. */
  public Identity issue(String dnsName) throws Exception {
    KeyPair own = newKeys();
    return new Identity(
        signed(
            builder(new X500Principal("CN=" + dnsName), own)
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)))),
        own.getPrivate());
  }

  /**
   * Sockets of a server with that identity, which talk only to those with a certificate of ours.
   */
  public ServerSocketFactory mutual(Identity server) throws Exception {
    char[] none = new char[0];
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, none);
    own.setKeyEntry(
        "server", server.key(), none, new Certificate[] {server.certificate(), certificate});
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(own, none);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, none);
    trusted.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
    return new Mutual(context);
  }

  /** Server sockets that ask for a certificate. */
  private static final class Mutual extends ServerSocketFactory {
    private final SSLContext context;

    Mutual(SSLContext context) {
      this.context = context;
    }

    private static ServerSocket asking(ServerSocket socket) {
      ((SSLServerSocket) socket).setNeedClientAuth(true);
      return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws java.io.IOException {
      return asking(context.getServerSocketFactory().createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws java.io.IOException {
      return asking(context.getServerSocketFactory().createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws java.io.IOException {
      return asking(context.getServerSocketFactory().createServerSocket(port, backlog, address));
    }
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder builder(X500Principal subject, KeyPair of) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(serial++),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(Duration.ofHours(1))),
        subject,
        of.getPublic());
  }

  private X509Certificate signed(org.bouncycastle.cert.X509v3CertificateBuilder builder)
      throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
