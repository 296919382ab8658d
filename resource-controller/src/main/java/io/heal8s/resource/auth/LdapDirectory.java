// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.heal8s.core.http.secret.Secret;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A directory that speaks LDAP. Every call is a connection of its own. */
public final class LdapDirectory implements Directory {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int PAGE = 500;

  private final Settings settings;

  /**
   * How the directory is reached and read.
   *
   * @param url {@code ldap://host:389} or {@code ldaps://host:636}
   * @param bindName who searches; empty for nobody in particular
   * @param bindPassword of who searches
   * @param base where users are below
   * @param filter which entries are users
   * @param username attribute with the name
   * @param email attribute with the address
   * @param displayName attribute with the name for people
   */
  public record Settings(
      String url,
      String bindName,
      Secret bindPassword,
      String base,
      String filter,
      String username,
      String email,
      String displayName) {}

  /** Makes it; contacts nobody yet. */
  public LdapDirectory(Settings settings) {
    this.settings = settings;
  }

  @Override
  public List<Entry> users() throws UnavailableException {
    try (LDAPConnection connection = connect()) {
      if (!settings.bindName().isEmpty()) {
        connection.bind(
            new SimpleBindRequest(settings.bindName(), settings.bindPassword().reveal()));
      }
      return search(connection);
    } catch (LDAPException | GeneralSecurityException e) {
      throw new UnavailableException(e);
    }
  }

  private List<Entry> search(LDAPConnection connection) throws LDAPException {
    List<Entry> users = new ArrayList<>();
    ASN1OctetString cookie = null;
    do {
      SearchRequest request =
          new SearchRequest(
              settings.base(),
              SearchScope.SUB,
              Filter.create(settings.filter()),
              settings.username(),
              settings.email(),
              settings.displayName());
      request.addControl(new SimplePagedResultsControl(PAGE, cookie));
      var result = connection.search(request);
      List<SearchResultEntry> entries = result.getSearchEntries();
      if (entries != null) {
        entries.forEach(entry -> add(users, entry));
      }
      SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
      cookie = page == null || !page.moreResultsToReturn() ? null : page.getCookie();
    } while (cookie != null);
    return users;
  }

  private void add(List<Entry> users, SearchResultEntry entry) {
    String name = entry.getAttributeValue(settings.username());
    if (name != null && !name.isBlank()) {
      users.add(
          new Entry(
              name,
              entry.getDN(),
              entry.getAttributeValue(settings.email()),
              entry.getAttributeValue(settings.displayName())));
    }
  }

  @Override
  public boolean isPassword(String bindName, String password) throws UnavailableException {
    if (password.isEmpty()) {
      // A bind without a password succeeds in many directories and proves nothing.
      return false;
    }
    try (LDAPConnection connection = connect()) {
      connection.bind(new SimpleBindRequest(bindName, password));
      return true;
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)
          || e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return false;
      }
      throw new UnavailableException(e);
    } catch (GeneralSecurityException e) {
      throw new UnavailableException(e);
    }
  }

  private LDAPConnection connect() throws LDAPException, GeneralSecurityException {
    LDAPURL url = new LDAPURL(settings.url());
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(TIMEOUT_MILLIS);
    options.setResponseTimeoutMillis(TIMEOUT_MILLIS);
    @Nullable SocketFactory sockets =
        Objects.equals(url.getScheme(), "ldaps")
            ? SSLContext.getDefault().getSocketFactory()
            : null;
    return new LDAPConnection(
        sockets, options, Objects.requireNonNullElse(url.getHost(), "localhost"), url.getPort());
  }
}
