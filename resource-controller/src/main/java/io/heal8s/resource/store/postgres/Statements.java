// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.StoreUnavailableException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs statements, alone or in a transaction, and says when the database does not answer. */
final class Statements {

  /** A deadlock or a serialisation failure goes away by itself. */
  private static final int TRIES = 3;

  private final JdbcClient client;
  private final TransactionTemplate transactions;

  Statements(Database database) {
    this.client = JdbcClient.create(database.pool());
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database.pool()));
  }

  /** Runs statements that commit one by one. */
  <T> T run(Function<JdbcClient, T> work) {
    return translated(() -> work.apply(client));
  }

  /** Runs statements that commit together; again from the start after a deadlock. */
  <T> T inTransaction(Function<JdbcClient, T> work) {
    return translated(
        () -> java.util.Objects.requireNonNull(transactions.execute(status -> work.apply(client))));
  }

  private static <T> T translated(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (ConcurrencyFailureException e) {
        if (attempt == TRIES) {
          throw new StoreUnavailableException(e);
        }
      } catch (DataAccessResourceFailureException
          | TransientDataAccessException
          | TransactionException e) {
        throw new StoreUnavailableException(e);
      }
    }
  }
}
