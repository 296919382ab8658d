// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.List;

/**
 * A file's text and its documents.
 *
 * @param source the text
 * @param documents all documents, empty ones included
 */
record ParsedFile(Source source, List<Document> documents) {

  static ParsedFile parse(Source source) {
    return new ParsedFile(source, NodeReader.read(source));
  }

  ParsedFile with(List<Splice> splices) {
    return parse(Source.of(Splice.apply(source.text(), splices)));
  }
}
