#include "engine/graph/ntriples.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/graph/escapes.h"
#include "engine/graph/readable.h"
#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

constexpr std::string_view kRdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::array<std::string_view, 4> kNaming{
    "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://schema.org/name", "https://schema.org/name"};

struct Term {
  enum class Kind { iri, blank, literal };
  Kind kind = Kind::iri;
  std::string_view text;  // between the signs, escapes as they stand
  std::string_view language;
};

void skip_blanks(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
}

// Up to the first of `ends`; the line stands at it afterwards.
std::string_view take_to(std::string_view& line, std::string_view ends) {
  const auto end = std::min(line.find_first_of(ends), line.size());
  const std::string_view piece = line.substr(0, end);
  line.remove_prefix(end);
  return piece;
}

// What ends an IRI: its sign, or what must not stand in one.
bool ends_iri(char c) { return c == '>' || c == '<' || c == '"' || c == ' ' || c == '\t'; }

std::optional<Term> take_iri(std::string_view& line) {
  const auto* end = std::find_if(line.begin() + 1, line.end(), ends_iri);
  const auto size = static_cast<std::size_t>(end - line.begin());
  if (end == line.end() || *end != '>' || size < 2) return std::nullopt;
  const Term term{Term::Kind::iri, line.substr(1, size - 1), {}};
  line.remove_prefix(size + 1);
  return term;
}

// A label may hold dots, but not end in one: that ends the statement.
std::optional<Term> take_blank(std::string_view& line) {
  std::string_view rest = line;
  std::string_view label = take_to(rest, " \t<\"#");
  while (label.ends_with('.')) label.remove_suffix(1);
  if (label.size() < 3) return std::nullopt;
  line.remove_prefix(label.size());
  return Term{Term::Kind::blank, label, {}};
}

// The end of a literal: the first quote that no backslash stands before.
std::size_t closing_quote(std::string_view line) {
  std::size_t at = 1;
  while ((at = line.find_first_of("\"\\", at)) != std::string_view::npos && line[at] == '\\')
    at += 2;
  return at;
}

std::optional<Term> take_literal(std::string_view& line) {
  const std::size_t end = closing_quote(line);
  if (end == std::string_view::npos) return std::nullopt;
  Term term{Term::Kind::literal, line.substr(1, end - 1), {}};
  line.remove_prefix(end + 1);
  if (line.starts_with('@')) {
    line.remove_prefix(1);
    term.language = take_to(line, " \t.");
    if (term.language.empty()) return std::nullopt;
  } else if (line.starts_with("^^<")) {
    line.remove_prefix(2);
    if (!take_iri(line)) return std::nullopt;
  }
  return term;
}

std::optional<Term> take_term(std::string_view& line) {
  skip_blanks(line);
  if (line.starts_with('<')) return take_iri(line);
  if (line.starts_with("_:")) return take_blank(line);
  if (line.starts_with('"')) return take_literal(line);
  return std::nullopt;
}

struct Statement {
  Term subject, predicate, object;
};

std::optional<Statement> parse_statement(std::string_view line) {
  const auto subject = take_term(line);
  if (!subject || subject->kind == Term::Kind::literal) return std::nullopt;
  const auto predicate = take_term(line);
  if (!predicate || predicate->kind != Term::Kind::iri) return std::nullopt;
  const auto object = take_term(line);
  if (!object) return std::nullopt;
  skip_blanks(line);
  if (!line.starts_with('.') && !take_term(line)) return std::nullopt;
  skip_blanks(line);
  if (!line.starts_with('.')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks(line);
  if (!line.empty() && !line.starts_with('#')) return std::nullopt;
  return Statement{*subject, *predicate, *object};
}

// What is said of a subject besides triples.
struct About {
  std::string name, type;
  int rank = 3;  // of the name's language: 0 English, 1 none, 2 others; 3 without a name
};

int language_rank(std::string_view language) {
  if (language.empty()) return 1;
  return equals_ignoring_case(language.substr(0, language.find('-')), "en") ? 0 : 2;
}

class Reader {
 public:
  explicit Reader(GraphBuilder& builder) : builder_(builder) {}

  void read(const SourceText& file, std::string blank_prefix) {
    blank_prefix_ = std::move(blank_prefix);
    for_each_line(file, [&](const Place& place, std::string_view line) {
      skip_blanks(line);
      if (line.empty() || line.front() == '#') return;
      if (const auto statement = parse_statement(line)) add(*statement);
      else
        builder_.drop_row(&LoadReport::malformed_rows, place, "<subject> <predicate> <object> .",
                          line);
    });
  }

  void finish() {
    for (const auto& [id, about] : about_) {
      const auto entity = builder_.find_entity(id);
      const auto relation = builder_.find_relation(id);
      if (entity) builder_.set_name(*entity, about.name);
      if (entity) builder_.set_type(*entity, about.type);
      if (relation) builder_.set_label(*relation, about.name);
    }
  }

 private:
  void add(const Statement& statement) {
    const bool typed = statement.predicate.text == kRdfType;
    if (statement.object.kind != Term::Kind::literal && !typed) {
      add_triple(statement);
      return;
    }
    builder_.add_attribute();
    if (statement.object.kind == Term::Kind::literal) add_name(statement);
    else if (About& about = about_of(statement.subject); about.type.empty())
      about.type = readable_name(key_of(statement.object));
  }

  void add_triple(const Statement& statement) {
    const EntityId head = builder_.entity(key_of(statement.subject));
    const RelationId relation = builder_.relation(key_of(statement.predicate));
    builder_.add_triple({head, relation, builder_.entity(key_of(statement.object))});
  }

  void add_name(const Statement& statement) {
    if (std::find(kNaming.begin(), kNaming.end(), statement.predicate.text) == kNaming.end())
      return;
    About& about = about_of(statement.subject);
    const int rank = language_rank(statement.object.language);
    std::string name = unescape(statement.object.text);
    if (rank >= about.rank || !is_usable_name(name)) return;
    about.name = std::move(name);
    about.rank = rank;
  }

  About& about_of(const Term& subject) { return about_[std::string(key_of(subject))]; }

  // By which a term is known, until the next call. A blank node belongs to its file.
  std::string_view key_of(const Term& term) {
    if (term.kind == Term::Kind::blank) {
      key_ = "_:" + blank_prefix_;
      return key_ += term.text.substr(2);
    }
    if (term.text.find('\\') == std::string_view::npos) return term.text;
    return key_ = unescape(term.text);
  }

  GraphBuilder& builder_;
  std::string blank_prefix_, key_;
  std::unordered_map<std::string, About> about_;
};

}  // namespace

void read_ntriples(std::span<const SourceText> files, GraphBuilder& builder) {
  Reader reader(builder);
  for (std::size_t i = 0; i < files.size(); ++i)
    reader.read(files[i], files.size() > 1 ? fmt::format("{}.", i + 1) : "");
  reader.finish();
}

}  // namespace stareval::engine
