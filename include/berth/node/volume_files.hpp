#pragma once

/// \file
/// The files of a volume that is made of objects: ConfigMaps, Secrets, fields of the pod, or several of these
/// in one (the kubelet's `pkg/volume/{configmap,secret,downwardapi,projected}`, Kubernetes 1.36).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/node/environment.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::node {

/// A file of a volume: its path below the volume, and what is in it.
struct volume_file {
    std::string path;
    std::string text;

    friend auto operator==(volume_file const&, volume_file const&) -> bool = default;
};

/// Gathers the files of one pod's volumes.
class volume_files {
public:
    /// `node`: what the node has, for containers that limit nothing. Pod and node must outlive it.
    volume_files(api::any_client client, kube::pod const& pod, kube::resource_list const& node)
        : client_(std::move(client)), pod_(&pod), node_(&node) {}

    /// Whether a volume is made of files like these.
    [[nodiscard]] static auto makes(kube::volume const& v) -> bool {
        return v.config_map || v.secret || v.downward_api || v.projected;
    }

    /// The files, in the order in which they are to be written: of two with one path the later counts. Reads
    /// each object anew. Errors: those of the client; `not_found` for an object or a key that is missing and
    /// not optional, in the words of the kubelet; `invalid` for what this node cannot make. A token of a
    /// service account is left out where the API issues none.
    ///
    /// `with_tokens`: whether tokens are asked for at all; else they are left out.
    [[nodiscard]] auto gather(kube::volume const& v, bool with_tokens = true)
        -> result<std::vector<volume_file>>;

private:
    template <class T>
    auto add_object(std::string_view word, std::string const& name,
                    object::list<kube::key_to_path> const& items, bool optional) -> result<void>;
    auto add_fields(object::list<kube::downward_api_volume_file> const& items) -> result<void>;
    auto add_projection(kube::volume_projection const& source) -> result<void>;
    auto add_token(kube::service_account_token_projection const& what) -> result<void>;
    auto amount_of(kube::resource_field_selector const& of) -> result<std::string>;

    api::any_client client_;
    kube::pod const* pod_;
    kube::resource_list const* node_;
    std::vector<volume_file> found_;
    bool with_tokens_ = true;
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/volume_files.ipp>
#endif
