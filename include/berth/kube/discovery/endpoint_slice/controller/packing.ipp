#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/controller/packing.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/backends.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/packing.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

BERTH_DECL auto given_labels(object::string_map labels) -> object::string_map {
    labels.erase(slice_service_label);
    labels.erase(slice_manager_label);
    labels.erase(headless_label);
    return labels;
}

/// The work on the slices of one set of ports.
class packing {
public:
    packing(endpoint_set desired, slice_pattern const& pattern)
        : desired_(std::move(desired)), pattern_(pattern) {}

    /// Keeps what is still wanted where it is.
    auto keep(reconcile::seen<endpoint_slice> const& slice) -> void {
        auto now = *slice;
        now.endpoints.clear();
        auto updated = false;
        for (auto const& e : slice->endpoints) {
            auto const found = desired_.find(endpoint_key(e));
            if (found == desired_.end()) continue;
            updated = updated || !same_endpoint(found->second, e);
            now.endpoints.push_back(std::move(found->second));
            desired_.erase(found);
        }
        auto const& labels = pattern_.empty.metadata.labels;
        auto const relabelled = !(given_labels(now.metadata.labels) == given_labels(labels));
        now.metadata.labels = labels;
        if (!updated && now.endpoints.size() == slice->endpoints.size()) {
            if (!relabelled) now = *slice;
            (relabelled ? changed_ : unchanged_).push_back({slice, std::move(now)});
        } else if (now.endpoints.empty()) {
            out_.remove.push_back(slice);
        } else {
            changed_.push_back({slice, std::move(now)});
        }
    }

    /// Finds a place for what is left.
    auto place_rest() -> slice_changes {
        std::stable_sort(changed_.begin(), changed_.end(), [](auto const& a, auto const& b) {
            return a.after.endpoints.size() > b.after.endpoints.size();
        });
        for (auto& c : changed_) fill(c.after);
        while (!desired_.empty()) {
            auto const roomy = roomiest();
            if (roomy == unchanged_.end()) {
                fill(out_.create.emplace_back(pattern_.empty));
                continue;
            }
            fill(roomy->after);
            changed_.push_back(std::move(*roomy));
            unchanged_.erase(roomy);
        }
        out_.update = std::move(changed_);
        return std::move(out_);
    }

private:
    using slices = std::vector<changed_slice>;

    auto fill(endpoint_slice& slice) -> void {
        while (!desired_.empty() && slice.endpoints.size() < pattern_.most)
            slice.endpoints.push_back(std::move(desired_.extract(desired_.begin()).mapped()));
    }

    /// The fullest of the unchanged slices that has room for all that is left.
    auto roomiest() -> slices::iterator {
        auto best = unchanged_.end();
        if (desired_.size() >= pattern_.most) return best;
        for (auto i = unchanged_.begin(); i != unchanged_.end(); ++i) {
            auto const size = i->after.endpoints.size();
            auto const fits = size + desired_.size() <= pattern_.most;
            if (fits && (best == unchanged_.end() || size > best->after.endpoints.size())) best = i;
        }
        return best;
    }

    endpoint_set desired_;
    slice_pattern const& pattern_;
    slices changed_;
    slices unchanged_;
    slice_changes out_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto pack(std::vector<reconcile::seen<endpoint_slice>> const& existing, endpoint_set desired,
                     slice_pattern const& pattern) -> slice_changes {
    auto work = detail::packing(std::move(desired), pattern);
    for (auto const& slice : existing) work.keep(slice);
    return work.place_rest();
}

} // namespace berth::kube
