// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to addresses that were vetted before: it cannot resolve a name, knows no proxy,
 * follows no redirect, keeps no cookie, repeats nothing and unpacks nothing.
 */
final class PinnedTransport implements AutoCloseable {
  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_LINE = 16 * 1024;
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;

  PinnedTransport(OutboundSettings settings, SSLContext tls, boolean checkNames) {
    Timeout connect = Timeout.of(settings.connectTimeout());
    Timeout total = Timeout.of(settings.totalTimeout());
    this.connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(MAX_HEADERS)
                            .setMaxLineLength(MAX_HEADER_LINE)
                            .build())
                    .build())
            .setTlsSocketStrategy(strategy(tls, checkNames))
            .setDnsResolver(new NoDnsResolver())
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnTotal(settings.maxConnections())
            .setMaxConnPerRoute(settings.maxConnections())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(total)
                    .setTimeToLive(TimeValue.ofMinutes(5))
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(total)
                    .setResponseTimeout(total)
                    .setRedirectsEnabled(false)
                    .setAuthenticationEnabled(false)
                    .setExpectContinueEnabled(false)
                    .setContentCompressionEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("heal8s")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableConnectionState()
            .build();
  }

  /**
   * Sends a request and returns when the head of the answer is there.
   *
   * @param host carries the address to connect to and the name for Host header and certificate
   */
  ClassicHttpResponse open(HttpHost host, HttpUriRequestBase request) throws IOException {
    // Nobody runs in the background to close idle connections; whoever comes next does it.
    connections.closeIdle(IDLE);
    return client.executeOpen(host, request, HttpClientContext.create());
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  /** Never asked, because every host carries its address; if it were, the answer would be no. */
  private static final class NoDnsResolver implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }
  }

  private static TlsSocketStrategy strategy(SSLContext tls, boolean checkNames) {
    ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create().setSslContext(tls);
    return checkNames
        ? builder.buildClassic()
        : builder
            .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
            .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
            .buildClassic();
  }
}
