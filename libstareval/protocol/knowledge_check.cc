#include "libstareval/protocol/knowledge_check.h"

#include "libstareval/extract/knowledge.h"

namespace stareval {

KnowledgeScores knowledge_check(std::string_view reasoning, const Graph& drawn) {
  const NamedKnowledge named = read_knowledge(reasoning, drawn);
  return score_knowledge(named.entities, named.relations, named.triples, drawn);
}

}  // namespace stareval
