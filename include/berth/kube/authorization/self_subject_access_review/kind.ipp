#pragma once

/// \file
/// The bodies of `berth/kube/authorization/self_subject_access_review/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authorization/self_subject_access_review/kind.hpp>

namespace berth::kube {

BERTH_DECL auto self_subject_access_review_kind() -> api::kind_of<self_subject_access_review> {
    auto k = api::kind_of<self_subject_access_review>{};
    k.verbs = {api::verb::create};
    k.validate = &validate;
    k.review = [](self_subject_access_review const& r,
                  api::action_context const&) -> result<object::any_object> {
        auto out = r;
        out.status.allowed = true;
        return object::any_object(std::move(out));
    };
    return k;
}

} // namespace berth::kube
