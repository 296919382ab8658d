// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import io.heal8s.resource.access.UserStore;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** Knows callers by their bearer token: one of ours, or one of an issuer that we trust. */
public final class TokenAuthentication implements Authentication {

  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;
  private final @Nullable OidcIssuer issuer;
  private final UserStore users;

  /** Makes it; the issuer may be null for none. */
  public TokenAuthentication(Tokens tokens, @Nullable OidcIssuer issuer, UserStore users) {
    this.tokens = tokens;
    this.issuer = issuer;
    this.users = users;
  }

  @Override
  public Result judge(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Result.Unknown("Missing or invalid Authorization header");
    }
    SignedJWT token;
    try {
      token = SignedJWT.parse(header.substring(SCHEME.length()).strip());
    } catch (ParseException e) {
      return new Result.Unknown("Invalid token: Not enough segments");
    }
    boolean symmetric = token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256);
    Tokens.Reading reading = symmetric || issuer == null ? tokens.read(token) : issuer.read(token);
    return switch (reading) {
      case Tokens.Reading.Expired _ -> new Result.Unknown("Token has expired");
      case Tokens.Reading.Bad bad -> new Result.Unknown("Invalid token: " + bad.why());
      case Tokens.Reading.Of of ->
          users
              .caller(of.userId())
              .<Result>map(Result.Known::new)
              .orElseGet(() -> new Result.Unknown("Invalid token: the user is suspended or gone"));
    };
  }
}
