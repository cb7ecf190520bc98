// The base of protocols that ask with one template: what stays to be written is the score and the
// summary. A protocol that asks in another way derives from Protocol itself.
// Thread  pure.
#pragma once

#include <string>
#include <utility>

#include "libstareval/protocol/prompt.h"
#include "libstareval/protocol/protocol.h"

namespace stareval {

class TemplateProtocol : public Protocol {
 public:
  [[nodiscard]] ProtocolInfo info() const final { return info_; }
  [[nodiscard]] Prompt prompt(const Sample& sample) const final {
    return render_prompt(info_.prompt_template, sample);
  }

 protected:
  // Template and digest of the info are set here, once: see make_template().
  TemplateProtocol(ProtocolInfo info, std::string prompt_template) : info_(std::move(info)) {
    set_prompt(info_, std::move(prompt_template));
  }

 private:
  ProtocolInfo info_;
};

}  // namespace stareval
