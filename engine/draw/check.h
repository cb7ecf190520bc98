// Defects of a finished layout: what would keep a reader from reading the picture. Shares nothing
// with the cost that the layout was made by; curves are followed in steps of about two pixels.
// Thread  pure functions.
#pragma once

#include <string>
#include <vector>

#include "engine/draw/layout.h"

namespace stareval::engine {

enum class DefectKind {
  node_off_canvas,
  node_on_node,
  label_off_canvas,
  label_on_node,  // also a node of its own edge
  label_on_label,
  edge_off_canvas,
  edge_through_node,   // a node that is not an end of it
  edge_through_label,  // the label of another edge, or its own one that should stand beside it
  label_strays,        // its label is not on its line, or not beside it, or nearer to another line
  edge_merged,         // runs along another edge, so that they look like one
  edge_hidden,         // too little of the line is seen on one side of its label
  tip_hidden,          // the arrow head lies under a label, or on the head of another edge
};

struct Defect {
  DefectKind kind;
  int first = 0;   // node or edge that has the defect
  int second = 0;  // node or edge it collides with; -1 where there is none
};

// All defects, in order of kind.
std::vector<Defect> find_defects(const Layout& layout);

// For messages: "label of edge 3 on node 1".
std::string to_string(const Defect& defect);

}  // namespace stareval::engine
