// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;

/** The caller of a request, and what is refused to callers. */
final class Callers {

  private static final String ATTRIBUTE = Callers.class.getName();

  private Callers() {}

  static void set(HttpServletRequest request, Caller caller) {
    request.setAttribute(ATTRIBUTE, caller);
  }

  static boolean isKnown(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller;
  }

  static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw ApiException.of(401, "Missing or invalid Authorization header");
  }

  static Caller admin(HttpServletRequest request) {
    Caller caller = of(request);
    if (!caller.admin()) {
      throw ApiException.of(403, "Admin role required");
    }
    return caller;
  }

  static Caller require(HttpServletRequest request, SystemPermission permission) {
    Caller caller = of(request);
    if (!caller.may(permission)) {
      throw ApiException.forbidden();
    }
    return caller;
  }

  static void require(Caller caller, Operation operation, String typeName, String typeVersion) {
    if (!caller.may(operation, typeName, typeVersion)) {
      throw ApiException.forbidden();
    }
  }
}
