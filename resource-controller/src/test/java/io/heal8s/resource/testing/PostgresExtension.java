// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.store.postgres.Database;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a {@link Database} of its own, migrated, or the {@link SharedPostgres} server to
 * make some. The server is started with the first that asks and ends with the run.
 */
public final class PostgresExtension implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(PostgresExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Database.class || type == SharedPostgres.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SharedPostgres server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent("server", _ -> new SharedPostgres(), SharedPostgres.class);
    return parameter.getParameter().getType() == SharedPostgres.class
        ? server
        : context
            .getStore(NAMESPACE)
            .computeIfAbsent(
                context.getUniqueId(), _ -> Database.open(server.migrated(2, 10)), Database.class);
  }
}
