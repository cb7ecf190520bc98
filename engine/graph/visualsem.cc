#include "engine/graph/visualsem.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "engine/graph/json_events.h"

namespace stareval::engine {
namespace {

// "WN:EN:space_heater" -> "space heater"; a sense without a colon is a lemma alone.
std::string lemma_of(std::string_view sense) {
  for (int i = 0; i < 2; ++i) {
    const auto colon = sense.find(':');
    if (colon == std::string_view::npos) break;
    sense.remove_prefix(colon + 1);
  }
  std::string lemma(sense);
  std::replace(lemma.begin(), lemma.end(), '_', ' ');
  return lemma;
}

// {id: {"ms": text, "se": [texts], "ims": [hashes]}}
class Nodes : public JsonEvents {
 public:
  Nodes(const SourceText& file, const FindPicture& find, GraphBuilder& builder)
      : file_(file), find_(find), builder_(builder) {}

  [[nodiscard]] bool is_object() const { return is_object_; }

  void on_open(std::size_t depth, bool is_object) override {
    if (depth == 0) is_object_ = is_object;
    if (depth == 1 && is_object) add_node();
    else if (depth == 1) pass_over();
  }
  void on_close(std::size_t depth) override {
    if (depth == 1) finish_node();
  }
  void on_key(std::size_t depth, std::string_view key) override {
    if (depth == 1) id_ = key;
    if (depth == 2) field_ = key;
  }
  void on_text(std::size_t depth, std::string_view text) override {
    if (depth == 1) pass_over();
    if (!node_) return;
    if (depth == 2 && field_ == "ms") builder_.set_name(*node_, lemma_of(text));
    if (depth == 3 && field_ == "se") other_senses_.push_back(std::string(text));
    if (depth == 3 && field_ == "ims" && find_ && image_.empty()) image_ = find_(text);
  }
  void on_other(std::size_t depth) override {
    if (depth == 1) pass_over();
  }

 private:
  void add_node() {
    if (builder_.find_entity(id_))
      builder_.note(&LoadReport::duplicate_ids, {file_}, "a node of its own", id_);
    else node_ = builder_.entity(id_);
  }
  void finish_node() {
    if (node_) {
      for (const std::string& sense : other_senses_) builder_.set_name(*node_, lemma_of(sense));
      builder_.set_image(*node_, std::move(image_));
    }
    node_.reset();
    other_senses_.clear();
    image_.clear();
  }
  void pass_over() {
    builder_.note(&LoadReport::malformed_entries, {file_}, "an object for each node", id_);
  }

  const SourceText& file_;
  const FindPicture& find_;
  GraphBuilder& builder_;
  bool is_object_ = false;
  std::string id_, field_;
  std::optional<EntityId> node_;  // that is being read
  std::vector<std::string> other_senses_;
  std::filesystem::path image_;
};

// {tail: [{"s": head, "r": relation}]}
class Tuples : public JsonEvents {
 public:
  Tuples(const SourceText& file, GraphBuilder& builder) : file_(file), builder_(builder) {}

  [[nodiscard]] bool is_object() const { return is_object_; }

  void on_open(std::size_t depth, bool is_object) override {
    if (depth == 0) is_object_ = is_object;
    if ((depth == 1 && is_object) || (depth == 2 && !is_object)) drop();
    in_tuple_ = in_tuple_ || (depth == 2 && is_object && in_list_);
    if (depth == 1) in_list_ = !is_object;
  }
  void on_close(std::size_t depth) override {
    if (depth == 1) in_list_ = false;
    if (depth == 2 && std::exchange(in_tuple_, false)) finish_tuple();
  }
  void on_key(std::size_t depth, std::string_view key) override {
    if (depth == 1) {
      tail_name_ = key;
      tail_ = builder_.find_entity(key);
    }
    if (depth == 3 && in_tuple_) field_ = key;
  }
  void on_text(std::size_t depth, std::string_view text) override {
    if (depth == 3 && in_tuple_ && field_ == "s") head_ = text;
    if (depth == 3 && in_tuple_ && field_ == "r") relation_ = text;
    on_other(depth);
  }
  void on_other(std::size_t depth) override {
    if (depth == 1 || (depth == 2 && in_list_)) drop();
  }

 private:
  void drop() {
    builder_.drop_row(&LoadReport::malformed_rows, {file_}, R"(tuples {"s": head, "r": relation})",
                      tail_name_);
  }
  void finish_tuple() {
    if (head_.empty() || relation_.empty()) drop();
    else add_tuple();
    head_.clear();
    relation_.clear();
  }
  void add_tuple() {
    const auto head = builder_.find_entity(head_);
    if (head && tail_) builder_.add_triple({*head, builder_.relation(relation_), *tail_});
    else
      builder_.drop_row(&LoadReport::unknown_ids, {file_}, "nodes of nodes.v2.json",
                        head ? tail_name_ : head_);
  }

  const SourceText& file_;
  GraphBuilder& builder_;
  bool is_object_ = false, in_list_ = false, in_tuple_ = false;
  std::string tail_name_, field_, head_, relation_;
  std::optional<EntityId> tail_;
};

template <class Events>
Result<void> read(const SourceText& file, Events& events, std::string_view expected) {
  STAREVAL_CHECK(parse_json_events(file, events));
  if (events.is_object()) return {};
  return make_error(ErrorCode::bad_data, "{}:1: expected {}, found other JSON", file.path,
                    expected);
}

}  // namespace

Result<void> read_visualsem_nodes(const SourceText& file, const FindPicture& find,
                                  GraphBuilder& builder) {
  builder.expect_names();
  Nodes nodes(file, find, builder);
  return read(file, nodes, "an object of nodes");
}

Result<void> read_visualsem_tuples(const SourceText& file, GraphBuilder& builder) {
  Tuples tuples(file, builder);
  return read(file, tuples, "an object of lists of tuples");
}

}  // namespace stareval::engine
