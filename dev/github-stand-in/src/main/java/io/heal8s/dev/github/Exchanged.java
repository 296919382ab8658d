// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

/**
 * One request and how it was answered.
 *
 * @param method in capitals
 * @param path without the edition's root, query included
 * @param status 0 for a connection that was cut
 * @param login who sent it, empty for nobody known
 */
public record Exchanged(String method, String path, int status, String login) {}
