// EC, RC, IC, TC: how many entities, relations, pictures and triples the picture shows. The graph
// is drawn as it is.
// Golds  EC distinct nodes; RC distinct relation labels, or edges where the options say so;
//        IC nodes drawn with a picture; TC edges.
// Source STAR, arXiv 2510.21828; RC's option: M3STR, arXiv 2506.01293.
// Thread pure functions.
#pragma once

#include "engine/tasks/item.h"

namespace stareval::engine {

bool make_entity_counting(const ItemContext& context, Random& random, Sample& sample);
bool make_relation_counting(const ItemContext& context, Random& random, Sample& sample);
bool make_image_counting(const ItemContext& context, Random& random, Sample& sample);
bool make_triple_counting(const ItemContext& context, Random& random, Sample& sample);

}  // namespace stareval::engine
