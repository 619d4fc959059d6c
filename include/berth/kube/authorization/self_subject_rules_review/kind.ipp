#pragma once

/// \file
/// The bodies of `berth/kube/authorization/self_subject_rules_review/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authorization/self_subject_rules_review/kind.hpp>

namespace berth::kube {

BERTH_DECL auto self_subject_rules_review_kind() -> api::kind_of<self_subject_rules_review> {
    auto k = api::kind_of<self_subject_rules_review>{};
    k.verbs = {api::verb::create};
    k.review = [](self_subject_rules_review const& r,
                  api::action_context const&) -> result<object::any_object> {
        if (r.spec.namespace_.empty()) return api::bad_request("no namespace on request");
        auto out = r;
        out.status.resource_rules.push_back({{"*"}, {"*"}, {"*"}, {}, {}});
        out.status.non_resource_rules.push_back({{"*"}, {"*"}, {}});
        return object::any_object(std::move(out));
    };
    return k;
}

} // namespace berth::kube
