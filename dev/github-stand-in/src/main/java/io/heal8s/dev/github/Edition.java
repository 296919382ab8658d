// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

/** The two forms in which GitHub is met. */
public enum Edition {
  /** As {@code api.github.com}. */
  COM("api.github.com.json", "", "/graphql"),
  /** An Enterprise Server: the same under {@code /api/v3}, and {@code /api/graphql}. */
  ENTERPRISE("ghes-3.19.json", "/api/v3", "/api/graphql");

  private final String file;
  private final String root;
  private final String graphql;

  Edition(String file, String root, String graphql) {
    this.file = file;
    this.root = root;
    this.graphql = graphql;
  }

  /** File name of the published description of its REST API. */
  String file() {
    return file;
  }

  /** What stands before every path of the REST API. */
  String root() {
    return root;
  }

  /** Path of the GraphQL API. */
  String graphql() {
    return graphql;
  }

  /** The description, read once for the life of the process: it is large. */
  Description description() {
    return switch (this) {
      case COM -> Com.READ;
      case ENTERPRISE -> Enterprise.READ;
    };
  }

  private static final class Com {
    private static final Description READ = Description.read(COM);
  }

  private static final class Enterprise {
    private static final Description READ = Description.read(ENTERPRISE);
  }
}
